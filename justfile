# `just ready` is what CI runs. All recipes work from a fresh clone; the tools that they need beside
# Rust's toolchain are installed by .ci/run.

set shell := ["bash", "-euo", "pipefail", "-c"]

# Everything that must hold before a change lands.
ready: format lint test contract clients wasm

# The sources are formatted.
format:
    cargo fmt --check

# Clippy has nothing to say.
lint:
    cargo clippy --locked --all-targets -- -D warnings

# All tests: the README's second command.
test:
    cargo test --locked

# The contract keeps to the conventions.
contract:
    buf lint

# Clients that aren't ours call the real server through reflection.
clients:
    cargo build --locked
    tests/clients/run

# The core without server, process, file and clock: it builds for WebAssembly, and answers there as here.
wasm:
    cargo build --locked
    cargo build --locked --profile wasm --no-default-features --features module --target wasm32-unknown-unknown --bin gouji-core
    node tests/wasm/run.mjs target/wasm32-unknown-unknown/wasm/gouji-core.wasm target/debug/gouji

# The long checks.
nightly: ready
    PROPTEST_CASES=2000 cargo test --locked --test reading --test documents
    NOISE_CELLS=100000 cargo test --locked --test noise -- --nocapture
    cargo run --locked --release --example idle
    just rendered
    just fuzz 60
    just mutants
    cargo bench --locked
    command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
    cargo deny check bans licenses sources

# What LibreOffice shows of made files is what was committed; installs it where it is missing.
rendered:
    command -v soffice >/dev/null || apt-get install -y --no-install-recommends libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils fonts-wqy-microhei
    tools/render

# A sample of mutations, always the same one: about an hour. What survives stands in mutants.out/missed.txt.
mutants:
    command -v cargo-mutants >/dev/null || cargo install --locked cargo-mutants
    PROPTEST_CASES=8 PROPTEST_DISABLE_FAILURE_PERSISTENCE=true cargo mutants --shard 7/47 --sharding round-robin --timeout 120

# Each fuzz target for so many seconds; needs the nightly toolchain.
fuzz seconds:
    command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
    cargo build --locked --release
    cd fuzz && for target in text html office pdf; do \
        READER=../target/release/gouji cargo +nightly fuzz run $target -- -max_total_time={{seconds}} -rss_limit_mb=4096 -timeout=20; \
    done

# gouji beside services that do fifty checks with a rule language; their programs are in a folder of their own.
bench-peers folder:
    tools/bench-peers {{folder}}

# Renews snapshots, examples and docs/RULES.md; look at what changed before you commit it.
accept:
    ACCEPT=1 cargo test --locked --test cli --test rules --test packs --test tables
    cargo test --locked --test cli --test rules --test packs --test tables

# A new rule with a failing example: just rule TAL-009 some_slug
rule code slug:
    tools/new-rule {{code}} {{slug}}
