//! After a crash and a resume, no reported window is sent again.

use std::collections::BTreeMap;

use gatespec_runtime::split::Cursor;
use gatespec_runtime::{ErrorKind, Ranged, TimeSpan};
use proptest::prelude::*;

use super::gateway::{Gateway, block_on};
use super::{days, wire};

const DAYLONG: TimeSpan = TimeSpan::days(1);

/// The cursor after it was stored and read again, as between two runs.
fn kept(cursor: &Cursor) -> Cursor {
    cursor.to_string().parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Some windows fail repeatedly and some runs are killed. Runs follow each other, each with the
    /// previous one's cursor, until all windows are done.
    #[test]
    fn no_window_that_was_told_of_is_sent_again(
        seed in any::<u64>(),
        total in 1_u32..40,
        failing in prop::collection::btree_map(0_u64..40, 1_usize..4, 0..8),
        concurrency in 1_usize..=8,
        crashes in prop::collection::vec(0_usize..12, 0..4),
    ) {
        let (gateway, request) = (Gateway::new(seed), days(total));
        let client = gateway.client();
        let rule = gatespec_runtime::RangeRule { at_most: DAYLONG, ..super::MatrixFillMultiple::RANGE };
        let windows = rule.windows(request.range()).unwrap();
        for (index, times) in &failing {
            if let Some(window) = windows.get(*index) {
                gateway.fail(&wire::text(window.from), *times);
            }
        }
        let mut crashes = crashes.into_iter();
        let (mut cursor, mut told, mut lost) = (None, BTreeMap::<u64, usize>::new(), 0);
        for attempt in 0.. {
            prop_assert!(attempt < 60, "it does not come to an end");
            let before = gateway.journal().sent.len();
            let back_fill = client.back_fill(&request).at_most(DAYLONG).concurrency(concurrency);
            let mut run = back_fill.resume(cursor.clone()).start().unwrap();
            let crash = crashes.next().unwrap_or(usize::MAX);
            let mut steps = 0;
            while steps < crash && let Some(step) = block_on(run.next()) {
                steps += 1;
                if let Ok(step) = step {
                    *told.entry(step.window.index).or_default() += 1;
                    prop_assert_eq!(step.done, told.len() as u64);
                }
            }
            // Windows that earlier runs reported are not sent again.
            let journal = gateway.journal();
            if let Some(cursor) = &cursor {
                let done = |index| windows.get(index).map(|window| wire::text(window.from));
                let done: Vec<_> = (0..u64::from(total)).filter(|at| Cursor::contains(cursor, *at)).map(done).collect();
                for sent in &journal.sent[before..] {
                    prop_assert!(!done.contains(&Some(sent.0.clone())), "{} is sent again", sent.0);
                }
            }
            // Windows that this run reported are in its cursor.
            prop_assert!(told.keys().all(|index| run.cursor().contains(*index)));
            prop_assert_eq!(run.cursor().done(), told.len() as u64);
            prop_assert!(journal.most <= concurrency);
            // Only requests that were pending when the run was killed can have been answered
            // without being reported.
            let unheard = journal.answered.len() - told.values().sum::<usize>() - lost;
            let most_unheard = if crash == usize::MAX { 0 } else { concurrency - 1 };
            prop_assert!(unheard <= most_unheard);
            lost += unheard;
            drop(journal);
            cursor = Some(kept(run.cursor()));
            if run.cursor().is_complete() {
                break;
            }
        }
        prop_assert_eq!(told.len(), total as usize);
        prop_assert!(told.values().all(|times| *times == 1));
        prop_assert_eq!(gateway.journal().answered.len(), total as usize + lost);
    }

    #[test]
    fn the_blocking_twin_goes_on_where_it_failed(
        total in 1_u32..40,
        failing in prop::collection::btree_map(0_u64..40, 1_usize..4, 0..8),
    ) {
        let (gateway, request) = (Gateway::new(0), days(total));
        for (index, times) in &failing {
            gateway.fail(&wire::text(super::new_year() + u32::try_from(*index).unwrap() * super::DAY), *times);
        }
        let failures: usize = failing.range(..u64::from(total)).map(|(_, times)| times).sum();
        let mut cursor = None;
        for _ in 0..=failures {
            let back_fill = gateway.blocking().back_fill(&request).at_most(DAYLONG);
            let mut run = back_fill.resume(cursor).start().unwrap();
            while run.next().is_some() {}
            cursor = Some(kept(run.cursor()));
        }
        prop_assert!(cursor.unwrap().is_complete());
        prop_assert_eq!(gateway.journal().answered.len(), total as usize);
        prop_assert_eq!(gateway.journal().sent.len(), total as usize + failures);
    }
}

#[test]
fn a_cursor_of_a_complete_back_fill_sends_nothing() {
    let gateway = Gateway::new(0);
    let mut run = gateway.blocking().back_fill(&days(90)).start().unwrap();
    run.by_ref().for_each(|step| drop(step.unwrap()));
    let again = gateway.blocking().back_fill(&days(90)).resume(kept(run.cursor()));
    assert_eq!(again.start().unwrap().count(), 0);
    assert_eq!(gateway.journal().sent.len(), 13);
}

/// After a restart, "the last 90 days" is another range, so the program takes the range from the
/// cursor.
#[test]
fn the_range_of_a_cursor_can_be_set_in_a_request() {
    let gateway = Gateway::new(0);
    gateway.fail("2023-01-15 00:00:00", 1);
    let mut run = gateway.blocking().back_fill(&days(90)).start().unwrap();
    while run.next().is_some() {}
    let cursor = kept(run.cursor());

    let mut later = days(91);
    let error = gateway.blocking().back_fill(&later).resume(cursor.clone()).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("the cursor does not fit"), "{error}");

    let (from, to) = cursor.windows().range();
    later.set_range(from, to);
    let run = gateway.blocking().back_fill(&later).resume(cursor).start().unwrap();
    assert_eq!(run.map(Result::unwrap).count(), 11);
    assert_eq!(gateway.journal().answered.len(), 13);
}
