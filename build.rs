//! Compiles the contract in `proto/` with protox, so that no protoc has to be installed.
use std::{env, error::Error, fs, path::PathBuf};

/// The files that hold the contract; what they import is found below `proto/`.
const FILES: [&str; 3] =
    ["gouji/v1/compliance_service.proto", "google/rpc/error_details.proto", "google/rpc/status.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let mut compiler = protox::Compiler::new(["proto"])?;
    compiler.include_imports(true).include_source_info(true);
    compiler.open_files(FILES)?;
    let descriptors = compiler.encode_file_descriptor_set();
    fs::write(out.join("descriptors.bin"), &descriptors)?;

    tonic_prost_build::configure()
        .bytes(".")
        // A request is as large as what it holds, and not as the largest that it could hold.
        .boxed("gouji.v1.Filing.content.report")
        .boxed("gouji.v1.Filing.content.document")
        .codec_path("crate::grpc::codec::CountedCodec")
        .extern_path(".google.protobuf", "::pbjson_types")
        .compile_well_known_types(true)
        .compile_fds(compiler.file_descriptor_set())?;

    // google.rpc.Status carries `Any`, whose JSON depends on what is inside: src/wire/json.rs writes it.
    pbjson_build::Builder::new()
        .register_descriptors(&descriptors)?
        .preserve_proto_field_names()
        .build(&[".gouji.v1", ".google.type"])?;
    Ok(())
}
