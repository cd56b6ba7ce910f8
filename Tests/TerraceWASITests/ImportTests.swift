// WASI as a guest sees it: imports with the specification's types, called from WebAssembly code.
import Foundation
import FuzzSupport
import Terrace
import Testing
import WasmText

@testable import TerraceWASI

/// The functions of `wasi_snapshot_preview1` with their parameters and results: `i` is an i32, `I` an i64.
private let signatures: KeyValuePairs = [
    "args_get": "ii:i", "args_sizes_get": "ii:i", "environ_get": "ii:i", "environ_sizes_get": "ii:i",
    "clock_res_get": "ii:i", "clock_time_get": "iIi:i", "fd_advise": "iIIi:i", "fd_allocate": "iII:i",
    "fd_close": "i:i",
    "fd_datasync": "i:i", "fd_fdstat_get": "ii:i", "fd_fdstat_set_flags": "ii:i", "fd_fdstat_set_rights": "iII:i",
    "fd_filestat_get": "ii:i", "fd_filestat_set_size": "iI:i", "fd_filestat_set_times": "iIIi:i", "fd_pread": "iiiIi:i",
    "fd_prestat_get": "ii:i", "fd_prestat_dir_name": "iii:i", "fd_pwrite": "iiiIi:i", "fd_read": "iiii:i",
    "fd_readdir": "iiiIi:i", "fd_renumber": "ii:i", "fd_seek": "iIii:i", "fd_sync": "i:i", "fd_tell": "ii:i",
    "fd_write": "iiii:i", "path_create_directory": "iii:i", "path_filestat_get": "iiiii:i",
    "path_filestat_set_times": "iiiiIIi:i", "path_link": "iiiiiii:i", "path_open": "iiiiiIIii:i",
    "path_readlink": "iiiiii:i",
    "path_remove_directory": "iii:i", "path_rename": "iiiiii:i", "path_symlink": "iiiii:i", "path_unlink_file": "iii:i",
    "poll_oneoff": "iiii:i", "proc_exit": "i:", "proc_raise": "i:i", "sched_yield": ":i", "random_get": "ii:i",
    "sock_accept": "iii:i", "sock_recv": "iiiiii:i", "sock_send": "iiiii:i", "sock_shutdown": "ii:i",
]

/// A module that imports every function and exports each, called through code of its own, under the same name.
private let everything: String = {
    func types(_ letters: Substring, _ keyword: String) -> String {
        letters.isEmpty ? "" : "(\(keyword) \(letters.map { $0 == "i" ? "i32" : "i64" }.joined(separator: " ")))"
    }
    var text = "(module\n"
    for (name, signature) in signatures {
        let parts = signature.split(separator: ":", omittingEmptySubsequences: false)
        let type = types(parts[0], "param") + types(parts[1], "result")
        text += "(import \"wasi_snapshot_preview1\" \"\(name)\" (func $\(name) \(type)))\n"
    }
    text += "(memory (export \"memory\") 1)\n"
    for (name, signature) in signatures {
        let parts = signature.split(separator: ":", omittingEmptySubsequences: false)
        let arguments = (0..<parts[0].count).map { "(local.get \($0))" }.joined()
        let type = types(parts[0], "param") + types(parts[1], "result")
        text += "(func (export \"\(name)\") \(type) (call $\(name) \(arguments)))\n"
    }
    return text + ")"
}()

/// A guest program in its store.
private struct Program {
    let wasi: WASI
    let store: Store
    let instance: Instance

    init(_ text: String, _ configuration: WASIConfiguration = WASIConfiguration()) throws {
        let engine = try Engine()
        let module = try Module(engine, bytes: try WatParser.parse(text))
        store = try Store(engine)
        wasi = try WASI(configuration)
        var imports = Imports()
        wasi.define(in: &imports, for: module, store: store)
        instance = try Instance(store, module, imports: imports)
    }

    func run() throws -> UInt32 { try wasi.run(instance) }
}

@Suite struct ImportTests {
    @Test func allFunctionsHaveTheTypesOfTheSpecification() throws {
        #expect(signatures.count == 46)
        let program = try Program(everything)
        for (name, _) in signatures { #expect(program.instance.function(name) != nil) }
    }

    @Test func namesThatWASIDoesNotHaveStayUndefined() {
        #expect(throws: InstantiationError.self) {
            try Program("(module (import \"wasi_snapshot_preview1\" \"fd_dup\" (func (param i32) (result i32))))")
        }
        #expect(throws: InstantiationError.self) {
            try Program("(module (import \"wasi_unstable\" \"sched_yield\" (func (result i32))))")
        }
    }

    @Test func exitCodesComeThroughFramesOfTheGuest() throws {
        let exits = """
            (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (func $deep (param i32) (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))))
                (call $exit (i32.const 0x12345678)))
              (func (export "_start") (call $deep (i32.const 100))))
            """
        #expect(try Program(exits).run() == 0x1234_5678)
        #expect(try Program("(module (func (export \"_start\")))").run() == 0)
        #expect(throws: WASIError.self) { try Program("(module)").run() }
        #expect(throws: WASIError.self) { try Program("(module (func (export \"_start\") (param i32)))").run() }
        let trap = #expect(throws: Trap.self) { try Program("(module (func (export \"_start\") unreachable))").run() }
        #expect(trap?.kind == .unreachable)
    }

    @Test func exitingDuringInstantiationIsTold() throws {
        let error = #expect(throws: InstantiationError.self) {
            try Program(
                """
                (module (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (func $start (call $exit (i32.const 9))) (start $start))
                """)
        }
        guard case .trap(let trap) = error else {
            Issue.record("not a trap")
            return
        }
        #expect(trap.hostError as? ProcessExit == ProcessExit(code: 9))
    }

    @Test func aGuestWithoutExportedMemoryGetsFaults() throws {
        let program = try Program(
            """
            (module (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory 1)
              (func (export "get") (result i32) (call $random (i32.const 0) (i32.const 8))))
            """)
        guard case .i32(let code)? = try program.instance.function("get")?.call([]).first else { return }
        #expect(code == Int32(Errno.fault.rawValue))
    }

    @Test func memoryThatHasGrownIsSeen() throws {
        let program = try Program(
            """
            (module (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "get") (param i32) (result i32) (call $random (local.get 0) (i32.const 8)))
              (func (export "grow") (result i32) (memory.grow (i32.const 1))))
            """)
        let get = try program.instance.function("get")!.typed(((Int32) -> Int32).self)
        #expect(try get(65536 - 7) == Int32(Errno.fault.rawValue))
        try program.instance.function("grow")!()
        #expect(try get(65536 - 7) == 0)
        #expect(try get(131_072 - 8) == 0)
        #expect(try get(131_072 - 7) == Int32(Errno.fault.rawValue))
    }

    @Test func arbitraryArgumentsNeitherCrashNorLeaveTheDirectory() throws {
        let outside = FileManager.default.temporaryDirectory.appendingPathComponent("terrace-any-\(UUID().uuidString)")
        let inside = outside.appendingPathComponent("inside")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: outside) }
        let nothing = open("/dev/null", O_RDWR)
        defer { close(nothing) }
        let program = try Program(
            everything,
            WASIConfiguration(
                arguments: ["a"], preopens: [.init(host: inside.path, guest: "/")], standardInput: nothing,
                standardOutput: nothing, standardError: nothing))
        // Paths lie at multiples of 16 bytes from 0 on, the rest of the memory is noise and what the functions write.
        let memory = program.instance.memory()!
        var random = SeededRandom(seed: 11)
        for index in stride(from: 0, to: 65536, by: 8) { try memory.write(random.next(), at: index) }
        let paths = ["a", "b", "a/b", "..", "../x", "a/../..", "/", "a/", "./b", "link", "a/link", "b/c"]
        for (index, path) in paths.enumerated() { try memory.writeBytes(Array(path.utf8), at: index * 16) }

        // These end, wait, or would soon leave nothing to call the others with.
        let skipped = ["proc_exit", "proc_raise", "poll_oneoff", "fd_close", "fd_renumber", "fd_fdstat_set_rights"]
        let functions = signatures.filter { !skipped.contains($0.key) }
            .map { (program.instance.function($0.key)!, $0.value.prefix { $0 != ":" }) }
        let edges: [UInt32] = [0, 1, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC, 0xFFFF_FFFF]
        for _ in 0..<60_000 {
            let (function, parameters) = functions[Int(random.next() % UInt64(functions.count))]
            let arguments = parameters.map { type -> Value in
                let choice = random.next()
                let number: UInt64 =
                    switch choice % 8 {
                    case 0, 1: (choice >> 8) % 8  // descriptors, lengths, flags
                    case 2, 3: (choice >> 8) % UInt64(paths.count) * 16
                    case 4: 256 + (choice >> 8) % 60_000
                    case 5: UInt64(edges[Int((choice >> 8) % UInt64(edges.count))])
                    case 6: (choice >> 8) % 64
                    default: choice >> 8
                    }
                if type == "i" { return .i32(Int32(truncatingIfNeeded: number)) }
                // Sizes and offsets: small ones, so that files stay small, and ones that nothing can have.
                return .i64(Int64(bitPattern: choice >> 60 == 0 ? number | 1 << 63 : number % (1 << 20)))
            }
            let results = try function.call(arguments)
            guard case .i32(let code)? = results.first else { continue }
            #expect((0...76).contains(code))
            // Sometimes put the paths back, and close what was opened.
            if random.next() % 32 == 0 {
                for fd: Int32 in 4..<64 { try program.instance.function("fd_close")!(.i32(fd)) }
                for (index, path) in paths.enumerated() { try memory.writeBytes(Array(path.utf8), at: index * 16) }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["inside"])
        #expect(try !FileManager.default.contentsOfDirectory(atPath: inside.path).isEmpty)
    }
}
