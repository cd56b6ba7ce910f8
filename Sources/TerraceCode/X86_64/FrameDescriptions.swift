// What debuggers must know of the machine: its number in ELF, its registers, where frames keep what they save.

enum ObjectMachine {
    /// ELF's number for x86-64.
    static let elf: UInt16 = 62
}

/// How a debugger finds callers: the frames of functions and stubs, in the form of `.eh_frame`.
///
/// All of them but functions that make no frame begin with `push rbp; mov rbp, rsp` and keep rbp until they leave; entry stubs then save the registers that
/// their C caller wants back. (Thunks, and the stubs that only leave frames, have none of their own.) Stubs change stacks:
/// they are marked like the frames of signals, whose callers may be anywhere.
struct FrameDescriptions {
    private(set) var bytes: [UInt8] = []

    // Numbers of the DWARF specification, and of its registers on x86-64.
    private static let defineFrame: UInt8 = 0x0C
    private static let defineFrameRegister: UInt8 = 0x0D
    private static let defineFrameOffset: UInt8 = 0x0E
    private static let advance: UInt8 = 0x40
    private static let savedRegister: UInt8 = 0x80
    private static let rbx: UInt8 = 3
    private static let rbp: UInt8 = 6
    private static let rsp: UInt8 = 7
    private static let returnAddress: UInt8 = 16

    init(_ code: NamedCode) {
        let commonOfFunctions = bytes.count
        appendCommonPart(augmentation: "zR")
        let commonOfStubs = bytes.count
        appendCommonPart(augmentation: "zRS")
        for symbol in code.symbols {
            let distance = UInt32(bytes.count + 4 - (symbol.kind.isFunctionBody ? commonOfFunctions : commonOfStubs))
            var instructions = [
                Self.advance | 1, Self.defineFrameOffset, 16, Self.savedRegister | Self.rbp, 2,
                Self.advance | 3, Self.defineFrameRegister, Self.rbp,
            ]
            switch symbol.kind {
            case .function where symbol.isFrameless: instructions = []
            case .function, .hostCallStub, .builtinStub, .lazyCompileStub: break
            case .entryStub:
                instructions += [Self.advance | 9, Self.savedRegister | Self.rbx, 3]
                for register in 12...15 as ClosedRange<UInt8> {
                    instructions += [Self.savedRegister | register, register - 8]
                }
            // The frame is there already.
            case .loopEntry: instructions = [Self.defineFrame, Self.rbp, 16, Self.savedRegister | Self.rbp, 2]
            case .trapExit, .lazyThunk, .throwStub, .tailCallReturn, .callTargetStub: instructions = []
            }
            appendRecord { record in
                record.append(distance)
                record.append(UInt64(code.address(of: symbol)))
                record.append(UInt64(symbol.byteCount))
                record.append(0 as UInt8)
                record += instructions
            }
        }
        bytes.append(0 as UInt32)
    }

    /// What records refer to: version 1, addresses as they are, offsets in units of -8, at entry the frame ends above the
    /// return address.
    private mutating func appendCommonPart(augmentation: String) {
        appendRecord { record in
            record.append(0 as UInt32)
            record.append(1 as UInt8)
            record += augmentation.utf8
            record += [0, 1, 0x78, Self.returnAddress, 1, 0]
            record += [Self.defineFrame, Self.rsp, 8, Self.savedRegister | Self.returnAddress, 1]
        }
    }

    /// Appends a record with its length, padded to 8 bytes with instructions that do nothing.
    private mutating func appendRecord(_ make: (inout [UInt8]) -> Void) {
        var record: [UInt8] = []
        make(&record)
        while (record.count + 4) % 8 != 0 { record.append(0) }
        bytes.append(UInt32(record.count))
        bytes += record
    }
}
