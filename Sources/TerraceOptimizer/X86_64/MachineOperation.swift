// The operations of instructions for x86-64. What operands each one has stands beside it; Select makes them, Emit encodes them.

import TerraceAssembler

/// What an ``Instruction`` does. `d` definitions, `u` uses, `t` temporaries, `a` the registers of the address, in their order;
/// `u/m` may be in memory: a slot, a constant of the pool, or the instruction's address in place of the operand.
enum MachineOperation: UInt16, BitwiseCopyable, CaseIterable {
    // Structure.
    /// The function's arguments: d… fixed in their registers.
    case entry
    /// Copy: d, u.
    case copy
    /// To the block's only successor.
    case jump
    /// Flags' operands. If `condition` holds to successor 0, else to successor 1.
    case branchIf
    /// u, t. To the block number u of the `immediate` ones in ``MachineFunction/jumpTables`` from `payload` on, the last one
    /// for all others.
    case branchTable
    /// u… fixed: results.
    case `return`
    /// Trap kind in `payload`.
    case trap

    // What is made of flags. Operands of the flags come last; see `FlagProducer`. `payload` is ``FlagPayload``.
    /// d, flags.
    case setIf
    /// d, u/m if the condition holds, u if not, flags. Integers and references.
    case selectIf
    /// Flags: traps if the condition holds.
    case trapIf

    // Integers. `payload` is the raw value of the assembler's operation, where there are several.
    /// d, u, u/m
    case arithmetic
    /// d, u; `immediate`
    case arithmeticImmediate
    /// u, a: memory op= u
    case arithmeticStore
    /// a: memory op= immediate
    case arithmeticStoreImmediate
    /// d, a: the address itself, in 32 or 64 bits.
    case lea
    /// d, u: u plus the immediate, unsigned, in 64 bits.
    case addUnsigned
    /// d, u, u/m: not the first and the second
    case andNot
    /// d, u; `payload`: ``LowestBit``
    case lowestBit
    /// d, u, t: 32 bits divided by the immediate; `payload` 1 if signed
    case constantQuotient
    /// d, u, u/m
    case multiply
    /// d, u/m; `immediate`
    case multiplyImmediate
    /// d, u; `immediate`
    case shiftImmediate
    /// d, u, u fixed in rcx
    case shift
    /// d, u/m, u (shlx, shrx, sarx)
    case shiftX
    /// d, u
    case negate
    /// d, u
    case not
    /// d, u/m
    case countLeadingZeros
    case countTrailingZeros
    case populationCount
    /// d, u, t: without the instruction.
    case populationCountLong
    /// d, u/m; `size` what is extended; `payload`: ``Extension``.
    case extend
    /// d quotient rax, d remainder rdx, u dividend rax, late u divisor; `payload`: ``DivisionPayload``
    case divide
    /// d rax, d rdx, u rax, u/m; `payload` 1 if signed
    case multiplyWide
    /// d rax, d rdx, late u: times the constant in ``Graph/words`` at `payload`; `immediate` 1 if signed
    case multiplyHigh
    /// d, d, u, u, u, u/m; `payload` 1: subtract
    case arithmetic128

    // Memory.
    /// d, a; `size` bytes are read; `payload`: ``Extension``
    case load
    /// u, a
    case store
    /// a; `immediate`
    case storeImmediate
    /// d, a; `payload` machine type: a whole value of any type from an argument, a result, a global.
    case loadValue
    /// u, a; `payload` machine type
    case storeValue
    /// d: base of the memory whose record's address is at `displacement` in the instance
    case memoryBase
    /// d; record at `displacement`; `payload` page size (log2), `immediate` 1 if 64 bits
    case memorySize
    /// u, t; record at `displacement`; `payload` index of the distance in ``Graph/words``
    case boundsCheck
    /// d, u; record at `displacement`; `immediate`: the length if it is known, or what ``Selector/noTableCheck`` and its like say
    case tableGet
    /// u index, u value; record at `displacement`; `immediate` as above
    case tableSet
    /// d; record at `displacement`
    case tableSize
    /// Looks at the stack limit.
    case interruptCheck

    // Calls.
    /// Makes room of `immediate` bytes for stack arguments.
    case pushArguments
    /// d fixed…, u fixed…; `payload`: index of the call in ``Graph/calls``, `immediate`: bytes of stack arguments.
    case callFunction
    /// As above; the function's record is at `displacement` in the instance.
    case callImport
    /// As above; the last use is the reference.
    case callReference
    /// d rax, u fixed…; `payload` index of the call
    case callBuiltin
    /// u; traps unless the function's type is type `payload`. `immediate` 1: the type may have subtypes (then a call).
    case signatureCheck
    /// u fixed…; as `callFunction`; the frame is removed. Results area's address in rax if there are several results.
    case tailCallFunction
    /// u fixed…; the last use is the reference in r10.
    case tailCallReference
    /// u fixed…; the function's record is at `displacement` in the instance.
    case tailCallImport

    // Floating-point numbers and vectors. `payload` is a vector operation, `immediate` its own or -1.
    /// d, u/m; also loads.
    case vectorUnary
    /// d, u: of the lowest lane.
    case vectorScalarUnary
    /// d, u, u/m
    case vectorBinary
    /// d, u, u/m: the uses may change places.
    case vectorCommutative
    /// d, u; `immediate` is the count.
    case vectorShiftImmediate
    /// d, u, u mask, u/m where the mask is set
    case vectorBlend
    /// d, u, u, u/m: product of the first two, plus the third; the operation's form is 213.
    case vectorMultiplyAdd
    /// d, u, u/m general; `immediate` is the lane.
    case vectorInsert
    /// d general, u; u/m if it is a move of a number's bits.
    case vectorToGeneral
    /// d, u/m general: to the lowest lane, zeros above.
    case vectorFromGeneral
    /// u, a
    case vectorStore
    /// d, u if the condition does not hold, u if it does, flags.
    case vectorSelectIf
    /// d, u/m general
    case convertToFloat
    /// d, u general: an unsigned number of 64 bits.
    case convertUnsigned
    /// d general, u; `payload`: ``Truncation``
    case truncate
    /// d, u, u: minimum or maximum.
    case floatExtremum

    /// The first operation that `emitVector` emits.
    static var firstVector: UInt16 { MachineOperation.vectorUnary.rawValue }
}

extension MachineOperation {
    /// Whether an instruction calls something, or goes there for good.
    @inline(__always) static func leaves(_ instruction: Instruction) -> Bool {
        instruction.flags.contains(.isCall)
            || (instruction.operation >= MachineOperation.tailCallFunction.rawValue
                && instruction.operation <= MachineOperation.tailCallImport.rawValue)
    }

    /// No fewer bytes than the code of an instruction has, moves and what stands behind the function aside.
    @inline(__always) static func largestSize(_ instruction: Instruction) -> Int32 {
        guard let operation = MachineOperation(rawValue: instruction.operation),
            operation.rawValue < MachineOperation.firstVector
        else { return 200 }
        switch operation {
        case .entry: return 0
        case .copy: return 5
        case .jump: return 0
        case .arithmetic, .arithmeticImmediate, .multiply, .multiplyImmediate, .shiftImmediate, .lea, .load, .store,
            .storeImmediate, .loadValue, .storeValue, .extend, .shift, .negate, .not, .shiftX, .lowestBit,
            .andNot, .arithmeticStore, .arithmeticStoreImmediate, .addUnsigned, .pushArguments:
            return 16
        case .branchIf: return 26
        case .trapIf: return 24
        case .setIf, .selectIf: return 40
        case .interruptCheck: return 14
        case .return: return 24
        case .callFunction: return 20
        case .callImport, .callReference, .callBuiltin: return 48
        case .branchTable: return 64 &+ 4 &* min(instruction.immediate, 1 << 20)
        default: return 200
        }
    }
}

/// How an integer gets wider.
enum Extension: UInt32, BitwiseCopyable {
    case zero
    /// To 32 bits; those above are 0.
    case signTo32
    case signTo64
}

/// What sets the flags that an instruction consumes. Its operands are the last uses of that instruction.
enum FlagProducer: UInt8, BitwiseCopyable, CaseIterable {
    /// u, u/m: `cmp`
    case compare
    /// u/m, immediate
    case compareImmediate
    /// u, u/m: `test`
    case test
    /// u/m, immediate
    case testImmediate
    /// u, u: `bt`; the bit is in the carry flag
    case bit
    /// u/m, immediate
    case bitImmediate
    /// u, immediate: `lea` of the address in the instance, `cmp` with it
    case instanceAddress
    /// vector u, u/m: `ucomiss`, `ucomisd`
    case orderedCompare
    /// Of the vector rooms' own kinds; `emitVectorFlags`.
    case vector
}

/// A condition: raw values below 16 are ``Condition``'s.
struct FlagCondition: BitwiseCopyable, Equatable {
    var rawValue: UInt8
    @inline(__always) init(rawValue: UInt8) { self.rawValue = rawValue }
    @inline(__always) init(_ condition: Condition) { rawValue = condition.rawValue }
    /// Zero and not parity: equal, and neither is NaN.
    static var equalOrdered: Self { Self(rawValue: 16) }
    /// Not zero or parity.
    static var notEqualOrUnordered: Self { Self(rawValue: 17) }

    @inline(__always) var inverted: Self { Self(rawValue: rawValue ^ 1) }
    /// Of raw values below 16.
    @inline(__always) var condition: Condition { Condition(rawValue: rawValue).unsafelyUnwrapped }
}

/// `payload` of what consumes flags.
struct FlagPayload: BitwiseCopyable {
    var rawValue: UInt32
    @inline(__always) init(rawValue: UInt32) { self.rawValue = rawValue }
    @inline(__always) init(_ producer: FlagProducer, detail: UInt8 = 0, own: UInt8 = 0) {
        rawValue = UInt32(producer.rawValue) | UInt32(own) << 8 | UInt32(detail) << 16
    }
    @inline(__always) var producer: FlagProducer {
        FlagProducer(rawValue: UInt8(truncatingIfNeeded: rawValue)).unsafelyUnwrapped
    }
    /// The consumer's: a trap kind, or the size of what is selected.
    @inline(__always) var own: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
    /// The producer's.
    @inline(__always) var detail: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 16) }
}

/// What a division has to care about.
struct DivisionPayload: OptionSet, BitwiseCopyable {
    var rawValue: UInt32
    static var signed: Self { Self(rawValue: 1) }
    static var remainder: Self { Self(rawValue: 2) }
    /// The divisor is a constant other than 0.
    static var neverByZero: Self { Self(rawValue: 4) }
    /// The divisor is not -1.
    static var neverByMinusOne: Self { Self(rawValue: 8) }
}

/// What is done with the lowest bit that is set.
enum LowestBit: UInt32, BitwiseCopyable {
    /// It is cleared.
    case reset
    /// It alone is left.
    case isolate
    /// It and those below are set, all others cleared.
    case mask
}
