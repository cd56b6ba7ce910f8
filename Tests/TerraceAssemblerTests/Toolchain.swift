// The assembler that ours is compared with: clang's, which the Swift toolchain contains, found in PATH.

import Foundation

enum Toolchain {
    /// Path of `clang`, if there is one.
    static let clang: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/clang" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Assembles text in Intel syntax; returns the contents of the sections `.text` and `.sizes`.
    static func assemble(_ text: String) throws -> (code: [UInt8], sizes: [UInt8]) {
        guard let clang else { throw Failure(description: "clang was not found in PATH") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("terrace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("a.s")
        let object = folder.appendingPathComponent("a.o")
        let errors = folder.appendingPathComponent("errors")
        try Data(text.utf8).write(to: source)
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: clang)
        process.arguments = [
            "-c", "-x", "assembler", "--target=x86_64-unknown-linux-gnu", source.path, "-o", object.path,
        ]
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let message = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            throw Failure(description: "clang: \(message.prefix(2000))")
        }
        let file = [UInt8](try Data(contentsOf: object))
        return (section(".text", of: file), section(".sizes", of: file))
    }

    /// The contents of a section of a 64-bit ELF file.
    private static func section(_ name: String, of file: [UInt8]) -> [UInt8] {
        func read<T: FixedWidthInteger>(_ offset: Int, as type: T.Type) -> Int {
            file.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
        }
        let headers = read(0x28, as: UInt64.self)
        let headerSize = read(0x3A, as: UInt16.self)
        let count = read(0x3C, as: UInt16.self)
        func range(_ index: Int) -> Range<Int> {
            let header = headers + index * headerSize
            let offset = read(header + 0x18, as: UInt64.self)
            return offset..<offset + read(header + 0x20, as: UInt64.self)
        }
        let names = range(read(0x3E, as: UInt16.self))
        for index in 0..<count {
            let start = names.lowerBound + read(headers + index * headerSize, as: UInt32.self)
            let bytes = file[start...].prefix { $0 != 0 }
            if bytes.elementsEqual(name.utf8) { return Array(file[range(index)]) }
        }
        return []
    }
}
