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

    prost_build::Config::new()
        .bytes(["."])
        .extern_path(".google.protobuf", "::pbjson_types")
        .compile_well_known_types()
        // A request is as large as what it holds, and not as the largest that it could hold.
        .boxed("gouji.v1.Filing.content.report")
        .boxed("gouji.v1.Filing.content.document")
        .compile_fds(compiler.file_descriptor_set())?;

    // google.rpc.Status carries `Any`, whose JSON depends on what is inside: src/wire/json.rs writes it.
    pbjson_build::Builder::new()
        .register_descriptors(&descriptors)?
        .preserve_proto_field_names()
        .build(&[".gouji.v1", ".google.type"])?;
    #[cfg(feature = "service")]
    stubs(&out, compiler.file_descriptor_set())?;
    Ok(())
}

/// The stubs of servers and clients, apart from the messages: the core knows no transport. A server keeps the bytes of what
/// it is sent, and what it answers in streams waits as bytes.
#[cfg(feature = "service")]
fn stubs(out: &std::path::Path, descriptors: prost_types::FileDescriptorSet) -> Result<(), Box<dyn Error>> {
    for (name, is_server) in [("client", false), ("server", true)] {
        let stubs = out.join("stubs").join(name);
        fs::create_dir_all(&stubs)?;
        let mut builder = tonic_prost_build::configure()
            .out_dir(&stubs)
            .build_server(is_server)
            .build_client(!is_server)
            .codec_path("crate::grpc::codec::CountedCodec")
            .compile_well_known_types(true)
            .extern_path(".gouji.v1", "crate::wire::v1")
            .extern_path(".google.rpc", "crate::wire::google::rpc")
            .extern_path(".google.type", "crate::wire::google::r#type")
            .extern_path(".google.protobuf", "::pbjson_types");
        if is_server {
            builder = builder
                .extern_path(".gouji.v1.CheckReportRequest", "crate::wire::received::CheckReport")
                .extern_path(".gouji.v1.CheckReportsRequest", "crate::wire::received::CheckReports")
                .extern_path(".gouji.v1.CheckReportsResponse", "crate::grpc::codec::Encoded");
        }
        builder.compile_fds(descriptors.clone())?;
    }
    Ok(())
}
