//! Which rows are kept if a given height has no room for all of them.

use crate::chart::figure::{RowChart, RowPanel, Sharing};

/// Which rows of the panels are drawn.
pub enum Kept {
    All,
    /// The indices of the drawn rows of each panel, ascending.
    Some(Vec<Vec<usize>>),
}

impl Kept {
    /// The rows that are kept if each panel has at most a given number, given the order in which rows
    /// are dropped.
    pub fn heaviest(order: &[Vec<usize>], count: usize) -> Kept {
        let stay = |order: &Vec<usize>| {
            let mut places = order[order.len().saturating_sub(count)..].to_vec();
            places.sort_unstable();
            places
        };
        Kept::Some(order.iter().map(stay).collect())
    }

    pub fn has(&self, panel: usize, row: usize) -> bool {
        match self {
            Kept::All => true,
            Kept::Some(places) => places.get(panel).is_some_and(|places| places.binary_search(&row).is_ok()),
        }
    }
}

/// The indices of each panel's rows in the order in which they are dropped for lack of room. Rows with
/// the least weight go first. Among equals, the middle ones go first, so that both ends of the order
/// remain. Rows that panels share are dropped from all of them, by their total weight.
pub fn going(table: &RowChart) -> Vec<Vec<usize>> {
    let order = |weights: Vec<(bool, usize)>| {
        let off_middle = |place: &usize| (2 * place + 1).abs_diff(weights.len());
        let mut places: Vec<usize> = (0..weights.len()).collect();
        places.sort_by_key(|place| (weights[*place], off_middle(place), *place));
        places
    };
    let weights_of = |panel: &RowPanel| panel.rows.iter().map(|row| row.weight).collect::<Vec<_>>();
    if table.sharing == Sharing::Own {
        return table.panels.iter().map(|panel| order(weights_of(panel))).collect();
    }
    let mut shared_weights = table.panels.first().map_or(Vec::new(), weights_of);
    for panel in table.panels.iter().skip(1) {
        for (sum, weight) in shared_weights.iter_mut().zip(weights_of(panel)) {
            *sum = (sum.0 || weight.0, sum.1 + weight.1);
        }
    }
    vec![order(shared_weights); table.panels.len()]
}
