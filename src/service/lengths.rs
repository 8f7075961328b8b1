//! How long many lines are, kept so that they need not be gone through.

/// For each length how many lines have it, or a greater one: the sum of the first so many is what all lines hold of at most so
/// many each. Kept as sums of ranges (a Fenwick tree), so that a change and a sum take as many steps as the length has bits.
#[derive(Default)]
pub(super) struct Lengths(Vec<usize>);

/// How many lengths are summed in a node, by its number from 1.
fn range(node: usize) -> usize {
    node & node.wrapping_neg()
}

impl Lengths {
    /// A line now has this length, and had one less.
    pub fn grow(&mut self, to: usize) {
        while self.0.len() < to {
            let node = self.0.len() + 1;
            self.0.push(self.of_at_most(node - 1) - self.of_at_most(node - range(node)));
        }
        self.nodes(to, |count| *count += 1);
    }

    /// A line had this length, and now has one less.
    pub fn shrink(&mut self, from: usize) {
        self.nodes(from, |count| *count -= 1);
    }

    fn nodes(&mut self, mut node: usize, change: impl Fn(&mut usize)) {
        while let Some(count) = node.checked_sub(1).and_then(|at| self.0.get_mut(at)) {
            change(count);
            node += range(node);
        }
    }

    /// What all lines hold, of each at most so many.
    pub fn of_at_most(&self, most: usize) -> usize {
        let (mut node, mut sum) = (most.min(self.0.len()), 0);
        while node > 0 {
            sum += self.0[node - 1];
            node -= range(node);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_sums_are_those_of_the_lines(changes in prop::collection::vec((0..5usize, any::<bool>()), 0..200)) {
            let (mut lines, mut lengths) = ([0usize; 5], Lengths::default());
            for (line, grows) in changes {
                match (grows, lines[line]) {
                    (true, length) => lengths.grow(length + 1),
                    (false, 0) => continue,
                    (false, length) => lengths.shrink(length),
                }
                lines[line] = if grows { lines[line] + 1 } else { lines[line] - 1 };
                for most in 0..12 {
                    prop_assert_eq!(lengths.of_at_most(most), lines.iter().map(|own| own.min(&most)).sum::<usize>());
                }
            }
        }
    }
}
