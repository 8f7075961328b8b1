//! A value made from files, replaced as a whole when they change.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};

use super::{files::settled, in_force::Reload};
use crate::written::Problem;

/// Makes the value from the files' contents, which are in the order of the files.
type Make<T> = dyn Fn(&[Vec<u8>]) -> Result<T, Vec<Problem>> + Send + Sync;

/// A value made from files. What is asked for it gets the latest that was sound.
pub struct Kept<T> {
    what: &'static str,
    files: Vec<PathBuf>,
    make: Box<Make<T>>,
    value: ArcSwap<T>,
    /// The digest of the files as last checked; locked while another value is made.
    seen: Mutex<[u8; 32]>,
}

/// What is watched for changes, whatever is made of it.
pub trait Watched: Send + Sync {
    /// What it is, for logs.
    fn what(&self) -> &'static str;
    /// Checks the files: if they changed, what is made of them is replaced, unless anything is wrong with them.
    fn reload(&self) -> Reload;
}

impl<T> Kept<T> {
    /// Makes the value for the first time.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files.
    pub fn load(
        what: &'static str,
        files: Vec<PathBuf>,
        make: impl Fn(&[Vec<u8>]) -> Result<T, Vec<Problem>> + Send + Sync + 'static,
    ) -> Result<Self, Vec<Problem>> {
        let read = Contents::of(&files);
        let seen = Mutex::new(read.digest);
        let value = make(&read.sound()?)?;
        Ok(Self { what, files, make: Box::new(make), value: ArcSwap::from_pointee(value), seen })
    }

    /// The value in force.
    pub fn value(&self) -> Arc<T> {
        self.value.load_full()
    }
}

impl<T: Send + Sync> Watched for Kept<T> {
    fn what(&self) -> &'static str {
        self.what
    }

    fn reload(&self) -> Reload {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let read = Contents::of(&self.files);
        // Where they changed between the two looks they are being written: the next look comes.
        if *seen == read.digest || Contents::of(&self.files).digest != read.digest {
            return Reload::Unchanged;
        }
        *seen = read.digest;
        match read.sound().and_then(|contents| (self.make)(&contents)) {
            Ok(value) => {
                self.value.store(Arc::new(value));
                Reload::Swapped
            }
            Err(problems) => Reload::Refused(problems.into()),
        }
    }
}

/// What was read of all files at one time.
struct Contents {
    read: Vec<Result<Vec<u8>, Problem>>,
    digest: [u8; 32],
}

impl Contents {
    fn of(files: &[PathBuf]) -> Self {
        let mut hash = Sha256::new();
        let read = files.iter().map(|file| {
            let read = settled(file);
            let content = read.as_deref().unwrap_or_default();
            hash.update([u8::from(read.is_ok())]);
            hash.update((content.len() as u64).to_be_bytes());
            hash.update(content);
            read
        });
        Self { read: read.collect(), digest: hash.finalize().into() }
    }

    fn sound(self) -> Result<Vec<Vec<u8>>, Vec<Problem>> {
        let mut problems = Vec::new();
        let contents = self.read.into_iter().filter_map(|read| read.map_err(|problem| problems.push(problem)).ok());
        let contents = contents.collect();
        if problems.is_empty() { Ok(contents) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Text;

    #[test]
    fn a_broken_change_is_refused_once_and_the_value_before_it_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("number");
        let write = |text: &str| std::fs::write(&file, text).expect("a file");
        write("1");
        let number = |contents: &[Vec<u8>]| {
            let text = String::from_utf8_lossy(&contents[0]).into_owned();
            text.parse::<i32>().map_err(|_| vec![Problem::whole("number", Text::same(text))])
        };
        let kept = Kept::load("number", vec![file.clone()], number).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!((kept.reload(), *kept.value()), (Reload::Unchanged, 1));
        write("x");
        assert!(matches!(kept.reload(), Reload::Refused(_)));
        assert_eq!((kept.reload(), *kept.value()), (Reload::Unchanged, 1));
        std::fs::remove_file(&file).expect("a file");
        assert!(matches!(kept.reload(), Reload::Refused(_)));
        write("2");
        assert_eq!((kept.reload(), *kept.value()), (Reload::Swapped, 2));
        // A pipe is not waited for.
        std::fs::remove_file(&file).expect("a file");
        assert!(std::process::Command::new("mkfifo").arg(&file).status().is_ok_and(|made| made.success()));
        let Reload::Refused(problems) = kept.reload() else { panic!("a pipe was read") };
        assert!(problems[0].why.zh.contains("普通文件"), "{problems:?}");
        assert_eq!(*kept.value(), 2);
    }
}
