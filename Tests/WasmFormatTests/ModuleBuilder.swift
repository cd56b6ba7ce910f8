import WasmFormat

/// Builds binary modules byte by byte, well formed or not.
struct ModuleBuilder {
    var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

    /// Adds a section with raw contents.
    func section(_ id: SectionID, _ contents: [UInt8]) -> ModuleBuilder {
        var copy = self
        copy.bytes += [id.rawValue] + leb(contents.count) + contents
        return copy
    }

    /// Adds a section that is a vector.
    func vector(_ id: SectionID, _ elements: [[UInt8]]) -> ModuleBuilder {
        section(id, leb(elements.count) + elements.flatMap { $0 })
    }

    /// Adds a code section of bodies without their sizes.
    func code(_ bodies: [[UInt8]]) -> ModuleBuilder { vector(.code, bodies.map { leb($0.count) + $0 }) }

    func custom(_ name: String, _ contents: [UInt8]) -> ModuleBuilder { section(.custom, wasmName(name) + contents) }

    func decode(features: Features = .all) throws(ModuleError) -> WasmModule {
        try WasmModule.decode(ModuleBytes(bytes), features: features)
    }

    /// The error of decoding and validating, if there is one.
    func error(features: Features = .all, jobs: Int = 1) -> ModuleError? {
        errorOf(bytes, features: features, jobs: jobs)
    }

    /// One function with a type, local declarations and code; `end` is added.
    static func function(
        type: [UInt8] = [0x60, 0, 0], locals: [UInt8] = [0], _ code: [UInt8]
    ) -> ModuleBuilder {
        ModuleBuilder().vector(.type, [type]).vector(.function, [[0]]).vector(.memory, [[0, 1]])
            .code([locals + code + [0x0B]])
    }
}

func errorOf(_ bytes: [UInt8], features: Features = .all, jobs: Int = 1) -> ModuleError? {
    do throws(ModuleError) {
        try WasmModule.decode(ModuleBytes(bytes), features: features).validate(jobs: jobs)
        return nil
    } catch {
        return error
    }
}

func leb(_ value: Int) -> [UInt8] {
    var rest = UInt64(value)
    var bytes: [UInt8] = []
    repeat {
        let byte = UInt8(rest & 0x7F)
        rest >>= 7
        bytes.append(rest == 0 ? byte : byte | 0x80)
    } while rest != 0
    return bytes
}

func wasmName(_ text: String) -> [UInt8] { leb(text.utf8.count) + Array(text.utf8) }
