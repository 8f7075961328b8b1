//! Where the server listens: TCP and Unix sockets.

use std::{
    collections::BTreeSet,
    fs, io,
    net::SocketAddr,
    os::unix::fs::{FileTypeExt, MetadataExt},
    path::{Path, PathBuf},
    pin::Pin,
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener, UnixStream, lookup_host},
    time::timeout,
};

/// What bytes come through, whatever it is.
pub(super) trait Socket: AsyncRead + AsyncWrite + Send {}

impl<T: AsyncRead + AsyncWrite + Send> Socket for T {}

/// A socket, of whatever kind.
pub(super) type AnySocket = Pin<Box<dyn Socket>>;

/// A socket that is listened on.
pub(super) enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener, SocketFile),
}

/// Listens at all addresses of the setting.
pub(super) async fn listen(setting: &str) -> Result<Vec<Listener>, (String, io::Error)> {
    let mut listeners = Vec::new();
    for address in setting.split(',').map(str::trim) {
        let failed = |error| (address.to_owned(), error);
        match address.strip_prefix("unix:") {
            Some(path) => listeners.push(at_file(Path::new(path)).await.map_err(failed)?),
            None => listeners.extend(at_name(address).await.map_err(failed)?),
        }
    }
    Ok(listeners)
}

/// Listens on all addresses of a name; port 0 takes a free one, the same for all.
async fn at_name(name: &str) -> io::Result<Vec<Listener>> {
    let mut listeners: Vec<Listener> = Vec::new();
    let mut missing = io::Error::new(io::ErrorKind::NotFound, "没有地址 / no address");
    let mut port = 0;
    let addresses: BTreeSet<SocketAddr> = lookup_host(name).await?.collect();
    for mut address in addresses {
        if address.port() == 0 {
            address.set_port(port);
        }
        match TcpListener::bind(address).await {
            Ok(listener) => {
                port = listener.local_addr()?.port();
                listeners.push(Listener::Tcp(listener));
            }
            // A name often stands for ::1 too where there is no IPv6.
            Err(error) if address.is_ipv6() && error.kind() != io::ErrorKind::AddrInUse => missing = error,
            Err(error) => return Err(error),
        }
    }
    if listeners.is_empty() { Err(missing) } else { Ok(listeners) }
}

/// Listens on a Unix socket. What a server that crashed has left there is removed; another server is not.
async fn at_file(path: &Path) -> io::Result<Listener> {
    const PATIENCE: Duration = Duration::from_secs(1);
    if fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket()) {
        let answered = timeout(PATIENCE, UnixStream::connect(path)).await;
        if answered.is_ok_and(|answered| answered.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused))
        {
            fs::remove_file(path)?;
        }
    }
    // The system says of all that is there that the address is in use.
    if fs::symlink_metadata(path).is_ok_and(|file| !file.file_type().is_socket()) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let listener = UnixListener::bind(path)?;
    let file = fs::symlink_metadata(path)?;
    Ok(Listener::Unix(listener, SocketFile { path: path.to_owned(), device: file.dev(), inode: file.ino() }))
}

impl Listener {
    /// Waits for a connection; returns it, and the address it comes from.
    pub async fn accept(&self) -> io::Result<(AnySocket, Option<SocketAddr>)> {
        match self {
            Self::Tcp(listener) => {
                let (socket, peer) = listener.accept().await?;
                // Without it an answer waits for the client's delayed acknowledgement, some 40 ms.
                // A client that has left is noticed later.
                let _ = socket.set_nodelay(true);
                Ok((Box::pin(socket), Some(peer)))
            }
            Self::Unix(listener, _) => Ok((Box::pin(listener.accept().await?.0), None)),
        }
    }

    /// The address, if it is one of TCP.
    pub fn address(&self) -> io::Result<Option<SocketAddr>> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(Some),
            Self::Unix(..) => Ok(None),
        }
    }

    /// The address, for people.
    pub fn name(&self) -> io::Result<String> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(|address| address.to_string()),
            Self::Unix(_, file) => Ok(format!("unix:{}", file.path.display())),
        }
    }
}

/// The file of a Unix socket, removed at the end.
pub(super) struct SocketFile {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // The file of a server that has replaced this one stays.
        let own = |file: &fs::Metadata| (file.dev(), file.ino()) == (self.device, self.inode);
        if fs::symlink_metadata(&self.path).as_ref().is_ok_and(own) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
