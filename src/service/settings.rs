//! An operator's settings for the service, whatever the transport.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::isolation::Documents;

/// All settings of the service.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Limits on sizes and counts.
    pub limits: CallLimits,
    /// Time limits and intervals.
    pub times: Times,
    /// Limits on documents, and the processes that read them.
    pub documents: Documents,
}

/// Limits on sizes and counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CallLimits {
    /// 收到的一条消息最多多少字节（解压后）。 / The largest message that is received, in bytes, after decompression.
    #[schemars(range(min = 1024, max = 4_294_967_295u64))]
    pub request_bytes: usize,
    /// 发出的一条消息最多多少字节。 / The largest message that is sent, in bytes.
    #[schemars(range(min = 16_384, max = 4_294_967_295u64))]
    pub response_bytes: usize,
    /// 同时最多多少个连接；再来的，由最久没有调用的连接让位；都有调用的，立即关闭。每个另占约 25 KB 内存（加密的约 35 KB）。 /
    /// How many connections may be open at once. When another comes, the one that is longest without a call gives way to it; if
    /// all have calls, the new one is closed at once. Each takes some 25 KB of memory by itself, or 35 KB if it is encrypted.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub connections: usize,
    /// 其中来自同一地址（IPv6 为同一 64 位网段）的最多多少个；再来的，在其中让位。Unix 套接字不限。 /
    /// How many of them may come from one address: for IPv6, from one network of 64 bits. More make room among their own. Unix
    /// sockets have no such limit.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub connections_per_peer: usize,
    /// 同时进行多少个 TLS 握手；其余按来源地址轮流等待，不超过 `times.handshake_ms`。等待客户端的，十分之一秒后让出。 /
    /// How many TLS handshakes are computed at once; more wait, within `times.handshake_ms`, and addresses take turns. One that
    /// waits for its client gives its turn away after a tenth of a second.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub handshakes: usize,
    /// 一个连接同时最多多少个调用。 / How many calls a connection may have open at once.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub calls_per_connection: u32,
    /// 同时检查多少份报告；0 为每个处理器两份。 / How many reports are checked at once; 0 means two per processor.
    #[schemars(range(max = 10_000))]
    pub checks: usize,
    /// 最多多少个调用等待检查；超过的，以及轮到时已超时的，立即拒绝。0 为不等待。 /
    /// How many calls may wait for a check; more are refused at once, and so is whoever would be served too late. 0 for no
    /// waiting.
    #[schemars(range(max = 10_000_000))]
    pub queue: usize,
    /// 全部调用的请求和答复合计最多占用多少字节内存；每个调用另计约 10 KB，每个流另计约 300 KB。一个调用方占用的不超过留给其他调用方的。 /
    /// How many bytes of memory the requests and answers of all calls together may hold. Each call counts some 10 KB besides, and
    /// each stream some 300 KB. No caller holds more than it leaves to others.
    #[schemars(range(min = 1))]
    pub pending_bytes: usize,
    /// 一个流同时检查多少份报告。 / How many reports of one stream are checked at once.
    #[schemars(range(min = 1, max = 10_000))]
    pub checks_per_stream: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self {
            request_bytes: 16 << 20,
            response_bytes: 32 << 20,
            connections: 4096,
            connections_per_peer: 1024,
            handshakes: 64,
            calls_per_connection: 256,
            checks: 0,
            queue: 1_000,
            pending_bytes: 256 << 20,
            checks_per_stream: 16,
        }
    }
}

/// Time limits and intervals, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// 检查一份报告最长多少毫秒；调用自己的时限更早的，以其为准。 /
    /// The longest time for one report; a call's own deadline applies if it is earlier.
    #[schemars(range(min = 1, max = 31_536_000_000u64))]
    pub check_ms: u64,
    /// 等待检查开始最长多少毫秒；调用自己的时限更早的，以其为准。 /
    /// The longest wait for a check to begin; a call's own deadline applies if it is earlier.
    #[schemars(range(min = 1, max = 31_536_000_000u64))]
    pub queue_ms: u64,
    /// 一个调用的消息最长多少毫秒内应收齐；流中没有正在检查的，最长多少毫秒没有动静；答复最长多少毫秒没有被取走一部分。 /
    /// The longest time in which the message of a call must have come in, the longest silence in a stream with nothing
    /// under way, and the longest time in which nothing of an answer is taken.
    #[schemars(range(min = 1, max = 31_536_000_000u64))]
    pub receive_ms: u64,
    /// 停止时，报告 NOT_SERVING 后仍接受调用多少毫秒；0 为立即停止接受。 /
    /// How long the service goes on accepting calls after reporting NOT_SERVING; 0 for not at all.
    #[schemars(range(max = 31_536_000_000u64))]
    pub drain_delay_ms: u64,
    /// 此后未完成的调用最长还可进行多少毫秒；0 为不再等待。 /
    /// How long open calls may then take to finish; after that the service ends without them. 0 for no waiting.
    #[schemars(range(max = 31_536_000_000u64))]
    pub drain_cap_ms: u64,
    /// 新连接最长多少毫秒内应完成 TLS 握手并说明使用 HTTP/2。 /
    /// How long a new connection may take until its TLS handshake is over and it has said that it speaks HTTP/2.
    #[schemars(range(min = 1, max = 31_536_000_000u64))]
    pub handshake_ms: u64,
    /// 从没有过调用的连接，多少毫秒后结束；0 为不限。 / After how long a connection ends over which no call ever came; 0 for never.
    #[schemars(range(max = 31_536_000_000u64))]
    pub unused_ms: u64,
    /// 每隔多少毫秒确认客户端仍在；此后三分之一时间内没有回答，或只发来一半的其余部分没有到的，关闭连接。0 为不确认。 /
    /// After how long a connection is asked whether its client is still there; it is closed if no answer comes within a third
    /// of that, nor the rest of what was half sent. 0 for never.
    #[schemars(range(max = 31_536_000_000u64))]
    pub keepalive_ms: u64,
    /// 连接最长存在多少毫秒，此后不接受新的调用，客户端另建连接；开始时随机增减至多十分之一，使负载均衡之后的各实例不致同时如此。0 为不限。 /
    /// How old a connection may become: then it takes no new calls, and clients open another. With a tenth more or less,
    /// chosen at the start, so that the instances behind a balancer don't all do so at once. 0 for any age.
    #[schemars(range(max = 31_536_000_000u64))]
    pub connection_age_ms: u64,
    /// 到期的连接上未完成的调用最长还可进行多少毫秒；0 为不限。 /
    /// How long the open calls of a connection that is too old may then take to finish; 0 for any time.
    #[schemars(range(max = 31_536_000_000u64))]
    pub connection_grace_ms: u64,
    /// 每隔多少毫秒查看规则包、方案、豁免、调用方和证书的变更；0 为只在启动时和收到 SIGHUP 时读取。 /
    /// How often packs, profiles, waivers, callers and certificates are checked for changes; 0 for only at the start and after
    /// SIGHUP.
    #[schemars(range(max = 31_536_000_000u64))]
    pub reload_ms: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            check_ms: 10_000,
            queue_ms: 2_000,
            receive_ms: 60_000,
            drain_delay_ms: 500,
            drain_cap_ms: 10_000,
            handshake_ms: 10_000,
            unused_ms: 300_000,
            keepalive_ms: 30_000,
            connection_age_ms: 3_600_000,
            connection_grace_ms: 30_000,
            reload_ms: 2_000,
        }
    }
}
