// Files that commands take modules from: binaries, or text that is turned into one.
import Glibc
import Terrace
import TerraceWASI
import WasmFormat
import WasmText

/// A module's bytes and the file they came from.
struct InputFile {
    let path: SystemString
    /// The binary.
    let bytes: ModuleBytes

    /// Reads a file. Text is assembled.
    init(_ path: SystemString) throws(Failure) {
        self.path = path
        let contents = try Self.contents(path)
        guard Self.isText(contents, path: path) else {
            bytes = contents
            return
        }
        do throws(TextError) {
            bytes = ModuleBytes(try WatParser.parse(UnsafeBufferPointer(start: contents.base, count: contents.count)))
        } catch {
            throw Failure("\(path):\(error)")
        }
    }

    /// Reads a file as it is.
    static func contents(_ path: SystemString) throws(Failure) -> ModuleBytes {
        do throws(ModuleFileError) {
            return try ModuleBytes.contents(ofFile: path.bytes)
        } catch {
            throw Failure("\(path): \(String(cString: strerror(error.code)))")
        }
    }

    /// Decodes and validates; with an eager engine compiles too.
    func module(_ engine: Engine) throws(Failure) -> Module {
        do throws(ModuleError) {
            return try Module(engine, bytes)
        } catch {
            throw failure(error)
        }
    }

    func failure(_ error: ModuleError) -> Failure { Failure("\(path): \(error)") }

    /// Whether these are not the bytes of a binary, but may be text.
    private static func isText(_ contents: ModuleBytes, path: SystemString) -> Bool {
        let bytes = UnsafeBufferPointer(start: contents.base, count: contents.count)
        if bytes.starts(with: [0, 0x61, 0x73, 0x6D]) { return false }
        // A damaged binary gets a better message as a binary: text has no NULs.
        return path.hasSuffix(".wat") || (!path.hasSuffix(".wasm") && !bytes.isEmpty && !bytes.prefix(512).contains(0))
    }
}
