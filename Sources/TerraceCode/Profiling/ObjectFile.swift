// A small object file in the ELF form that describes a block to a debugger: where it is, what its parts are called, how
// to walk its frames.

/// An ELF relocatable file whose sections have their final addresses.
struct ObjectFile {
    private(set) var bytes: [UInt8] = []

    private struct Section {
        var name: String
        var type: UInt32
        var flags: UInt64 = 0
        var address: UInt64 = 0
        var contents: [UInt8] = []
        /// Of a section without contents in the file.
        var byteCount: UInt64?
        var link: UInt32 = 0
        var info: UInt32 = 0
        var alignment: UInt64 = 1
        var entryBytes: UInt64 = 0
    }

    // Numbers of the ELF specification.
    private static let programBits: UInt32 = 1
    private static let symbolTable: UInt32 = 2
    private static let stringTable: UInt32 = 3
    private static let noBits: UInt32 = 8
    private static let allocated: UInt64 = 2
    private static let executable: UInt64 = 4
    private static let headerBytes: UInt64 = 64
    private static let sectionHeaderBytes: UInt64 = 64
    private static let symbolBytes: UInt64 = 24

    init(_ code: NamedCode) {
        var strings: [UInt8] = [0]
        var symbols = [UInt8](repeating: 0, count: Int(Self.symbolBytes))
        for symbol in code.symbols {
            symbols.append(UInt32(strings.count))
            symbols.append(0x12 as UInt8)  // a global function
            symbols.append(0 as UInt8)
            symbols.append(1 as UInt16)  // in section 1
            symbols.append(UInt64(symbol.begin.rawValue))
            symbols.append(UInt64(symbol.byteCount))
            strings += symbol.name.utf8
            strings.append(0)
        }
        let frames = FrameDescriptions(code).bytes
        write([
            Section(name: "", type: 0),
            Section(
                name: ".text", type: Self.noBits, flags: Self.allocated | Self.executable,
                address: UInt64(code.base.rawValue), byteCount: UInt64(code.bytes.count), alignment: 64),
            Section(name: ".eh_frame", type: Self.programBits, flags: Self.allocated, contents: frames, alignment: 8),
            Section(
                name: ".symtab", type: Self.symbolTable, contents: symbols, link: 4, info: 1, alignment: 8,
                entryBytes: Self.symbolBytes),
            Section(name: ".strtab", type: Self.stringTable, contents: strings),
        ])
    }

    private mutating func write(_ sections: [Section]) {
        var names: [UInt8] = []
        var nameOffsets: [UInt32] = []
        let all = sections + [Section(name: ".shstrtab", type: Self.stringTable)]
        for section in all {
            nameOffsets.append(UInt32(names.count))
            names += section.name.utf8
            names.append(0)
        }
        var contents: [UInt8] = []
        var headers: [UInt8] = []
        for (number, section) in all.enumerated() {
            while contents.count % 8 != 0 { contents.append(0) }
            let own = number == all.count - 1 ? names : section.contents
            headers.append(nameOffsets[number])
            headers.append(section.type)
            headers.append(section.flags)
            headers.append(section.address)
            headers.append(section.type == 0 ? 0 : Self.headerBytes + UInt64(contents.count))
            headers.append(section.byteCount ?? UInt64(own.count))
            headers.append(section.link)
            headers.append(section.info)
            headers.append(section.type == 0 ? 0 : section.alignment)
            headers.append(section.entryBytes)
            contents += own
        }
        while contents.count % 8 != 0 { contents.append(0) }

        // 64 bits, lowest byte first, version 1.
        bytes = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        bytes.append(1 as UInt16)  // relocatable
        bytes.append(ObjectMachine.elf)
        bytes.append(1 as UInt32)
        bytes.append(0 as UInt64)  // no entry
        bytes.append(0 as UInt64)  // no program headers
        bytes.append(Self.headerBytes + UInt64(contents.count))
        bytes.append(0 as UInt32)
        bytes.append(UInt16(Self.headerBytes))
        bytes.append(0 as UInt16)
        bytes.append(0 as UInt16)
        bytes.append(UInt16(Self.sectionHeaderBytes))
        bytes.append(UInt16(all.count))
        bytes.append(UInt16(all.count - 1))
        bytes += contents
        bytes += headers
    }
}
