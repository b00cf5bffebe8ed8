//! The specs of the platforms that ship with gatespec, as text. They are compiled into the command,
//! so that it knows these platforms wherever it runs.

use gatespec_protocol::Spec;

/// Lists the files of each platform, so that each file name is written only once.
macro_rules! specs {
    ($($platform:literal: [$($file:literal),* $(,)?];)*) => {
        &[$(Spec {
            platform: $platform,
            files: &[$(($file, include_str!(concat!($platform, "/", $file)))),*],
        }),*]
    };
}

/// Every platform, sorted by id.
pub static ALL: &[Spec<'static>] = specs! {
    "gome": [
        "gome.pusher.order.synchronize.yaml",
        "platform.yaml",
        "types.yaml",
    ];
    "mogujie": [
        "oauth.token.yaml",
        "platform.yaml",
        "types.yaml",
        "xiaodian.trade.get.yaml",
    ];
    "shopex": [
        "matrix.authstatus.yaml",
        "matrix.bindurl.yaml",
        "matrix.fill.multiple.yaml",
        "matrix.fill.single.yaml",
        "matrix.unbind.yaml",
        "platform.yaml",
        "types.yaml",
    ];
};
