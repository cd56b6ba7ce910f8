// Validating one function body after the other: state and the small steps that rules are made of.
// The rules themselves stand in the extensions beside this file.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Checks function bodies of a module in one pass each.
///
/// A validator keeps its memory from body to body; several of them work on one module at the same time. It allocates at
/// most a small multiple of the limits on operands, locals and nested blocks.
public struct FunctionValidator: ~Copyable {
    let module: WasmModule
    let tables: ValidationTables
    let types: TypeTable
    let typeEntries: UnsafePointer<TypeEntry>
    let typeCount: Int
    let ordinals: UnsafePointer<UInt16>
    let rows: UnsafePointer<OpcodeInfo>
    /// Whether some feature is off, so that every operator's feature must be looked at.
    let checksFeatures: Bool

    var reader: BinaryReader
    /// For the declarations of locals, which the decoder has checked.
    let declarations: TrustedReader
    /// The operator being checked.
    var opcodeStart: UnsafePointer<UInt8>

    // Operand stack: grows upwards from `operands`.
    var operands: UnsafeMutablePointer<ValueType>
    var operandCapacity: UnsafeMutablePointer<ValueType>
    /// Behind the last operand.
    var top: UnsafeMutablePointer<ValueType>
    /// The first operand of the innermost block.
    var floor: UnsafeMutablePointer<ValueType>

    // Control stack.
    var frames: UnsafeMutablePointer<ControlFrame>
    var frameCapacity: Int
    var frameCount = 0

    /// Types of locals; ``uninitialized`` is set in those that have no value yet, and in those that nobody has looked at.
    var locals: UnsafeMutablePointer<UInt32>
    var localCapacity: Int
    var localCount = 0
    var declared = DeclaredLocals()
    /// Locals without default that have been set, in order.
    var initialized: [UInt32] = []
    /// The loop whose header is asked for, if one is.
    var recording: LoopRecording?

    static var uninitialized: UInt32 { 0x2000_0000 }
    /// A local's word before somebody looks at it (``typeOfLocal(_:)``); in it ``uninitialized`` is set as well.
    static var unknown: UInt32 { uninitialized }

    public init(_ module: WasmModule) {
        self.module = module
        tables = module.validationTables
        types = module.typeTable
        typeEntries = UnsafePointer(module.typeTable.entries.base)
        typeCount = module.typeTable.count
        ordinals = OpcodeTable.ordinals
        rows = OpcodeTable.rows
        checksFeatures = !module.features.isSuperset(of: .all)
        reader = BinaryReader(base: module.bytes.base, range: 0..<0)
        declarations = TrustedReader(module.bytes, at: 0)
        opcodeStart = module.bytes.base
        operands = .allocate(capacity: 256)
        operandCapacity = operands + 256
        top = operands
        floor = operands
        frames = .allocate(capacity: 64)
        frameCapacity = 64
        locals = .allocate(capacity: 256)
        locals.initialize(repeating: Self.unknown, count: 256)
        localCapacity = 256
    }

    deinit {
        operands.deallocate()
        frames.deallocate()
        locals.deallocate()
    }

    /// Checks the body of a function.
    ///
    /// - Parameter functionIndex: counted with imports; must be a defined function.
    public mutating func validate(_ functionIndex: Int) throws(ModuleError) {
        let body = module.bodies[functionIndex - module.importedFunctionCount]
        do throws(ModuleError) {
            let entry = typeEntries[Int(tables.functionTypes[functionIndex])]
            declareLocals(body, entry)
            reader = BinaryReader(base: module.bytes.base, range: body.code)
            top = operands
            frameCount = 0
            initialized.removeAll(keepingCapacity: true)
            try pushFrame(.function, parameters: .empty, results: resultList(entry))
            try validateCode()
        } catch {
            var error = error
            error.functionIndex = UInt32(functionIndex)
            throw error
        }
    }

    // MARK: Errors

    @inline(never)
    func invalid(_ message: String) -> ModuleError {
        ModuleError(.invalid, message, offset: opcodeStart - reader.base)
    }

    @inline(never)
    func malformed(_ message: String) -> ModuleError {
        ModuleError(.malformed, message, offset: opcodeStart - reader.base)
    }

    @inline(never)
    func limit(_ message: String) -> ModuleError {
        ModuleError(.limit, message, offset: opcodeStart - reader.base)
    }

    @inline(never)
    func typeMismatch(expected: ValueType, found: ValueType?) -> ModuleError {
        invalid("type mismatch: expected \(expected), found \(found.map(\.description) ?? "nothing")")
    }

    @inline(never)
    func unknown(_ what: StaticString, _ index: some BinaryInteger) -> ModuleError {
        invalid("unknown \(what) \(index)")
    }

    @inline(never)
    func require(_ feature: Feature) throws(ModuleError) {
        if feature != .core, !module.features.contains(feature) {
            throw ModuleError(.unsupported, "\(feature.name) is not enabled", offset: opcodeStart - reader.base)
        }
    }

    // MARK: Operands

    @inline(__always)
    mutating func push(_ type: ValueType) throws(ModuleError) {
        if top == operandCapacity { try growOperands() }
        top.pointee = type
        top += 1
    }

    @inline(never)
    private mutating func growOperands() throws(ModuleError) {
        let count = top - operands
        guard count < module.limits.operands else { throw limit("too many operands on the stack") }
        let larger = UnsafeMutablePointer<ValueType>.allocate(capacity: count * 2)
        larger.update(from: operands, count: count)
        floor = larger + (floor - operands)
        operands.deallocate()
        operands = larger
        operandCapacity = larger + count * 2
        top = larger + count
    }

    @inline(__always)
    mutating func pop(_ expected: ValueType) throws(ModuleError) {
        if top != floor, (top - 1).pointee == expected {
            top -= 1
        } else {
            try popSlowly(expected)
        }
    }

    @inline(never)
    private mutating func popSlowly(_ expected: ValueType) throws(ModuleError) {
        if top == floor {
            if frames[frameCount - 1].isUnreachable { return }
            throw typeMismatch(expected: expected, found: nil)
        }
        let found = (top - 1).pointee
        guard types.isSubtype(found, expected) else { throw typeMismatch(expected: expected, found: found) }
        top -= 1
    }

    /// Takes whatever is on top; in unreachable code that may be ``ValueType/bottom``.
    @inline(__always)
    mutating func popAny() throws(ModuleError) -> ValueType {
        if top == floor {
            if frames[frameCount - 1].isUnreachable { return .bottom }
            throw invalid("type mismatch: expected a value, found nothing")
        }
        top -= 1
        return top.pointee
    }

    /// Takes a reference of any type.
    mutating func popReference() throws(ModuleError) -> ValueType {
        let type = try popAny()
        if type.isReference { return type }
        if type.isBottom { return .ref(.bottom, nullable: false) }
        throw invalid("type mismatch: expected a reference, found \(type)")
    }

    /// Whether all further operands come from unreachable code, so that taking more of them changes nothing.
    @inline(__always)
    var isExhausted: Bool { top == floor && frames[frameCount - 1].isUnreachable }

    @inline(__always)
    mutating func pop(_ list: TypeList) throws(ModuleError) {
        if list.count == 0 { return }
        if list.count == 1 { return try pop(list[0]) }
        if list.count >= Self.longList, popEqual(list) { return }
        for index in stride(from: list.count - 1, through: 0, by: -1) {
            if isExhausted { return }
            try pop(list[index])
        }
    }

    @inline(__always)
    mutating func push(_ list: TypeList) throws(ModuleError) {
        if list.count == 0 { return }
        if list.count == 1 { return try push(list[0]) }
        if list.count >= Self.longList, operandCapacity - top >= list.count, let start = list.start {
            top.update(from: start, count: list.count)
            top += list.count
            return
        }
        for index in 0..<list.count { try push(list[index]) }
    }

    /// From how many types on lists are compared and copied as a whole: a branch of two bytes may carry a thousand values.
    private static var longList: Int { 8 }

    /// Takes operands whose types are exactly a list's, if they are there.
    @inline(never)
    private mutating func popEqual(_ list: TypeList) -> Bool {
        guard isOnTop(list) else { return false }
        top -= list.count
        return true
    }

    /// Whether the topmost operands have exactly the types of a list of several.
    private func isOnTop(_ list: TypeList) -> Bool {
        guard top - floor >= list.count, let start = list.start else { return false }
        return memcmp(top - list.count, start, list.count * MemoryLayout<ValueType>.stride) == 0
    }

    /// Checks the topmost operands against a list and leaves them.
    func check(_ list: TypeList) throws(ModuleError) {
        if list.count >= Self.longList, isOnTop(list) { return }
        var position = top
        for index in stride(from: list.count - 1, through: 0, by: -1) {
            if position == floor {
                if frames[frameCount - 1].isUnreachable { return }
                throw typeMismatch(expected: list[index], found: nil)
            }
            position -= 1
            guard types.isSubtype(position.pointee, list[index]) else {
                throw typeMismatch(expected: list[index], found: position.pointee)
            }
        }
    }

    /// The rest of the innermost block cannot be reached: its operands are gone, and any may be taken.
    @inline(__always)
    mutating func setUnreachable() {
        top = floor
        frames[frameCount - 1].isUnreachable = true
    }

    // MARK: Blocks

    func parameterList(_ entry: TypeEntry) -> TypeList {
        TypeList(UnsafePointer(types.operands.base) + Int(entry.start), count: Int(entry.count))
    }

    func resultList(_ entry: TypeEntry) -> TypeList {
        TypeList(UnsafePointer(types.operands.base) + Int(entry.start + entry.count), count: Int(entry.resultCount))
    }

    /// Opens a block whose parameters have been taken and will be pushed by the caller.
    mutating func pushFrame(
        _ kind: ControlFrame.Kind, parameters: TypeList, results: TypeList
    ) throws(ModuleError) {
        if frameCount == frameCapacity { try growFrames() }
        (frames + frameCount).initialize(
            to: ControlFrame(
                kind: kind, height: top - operands, initializedCount: initialized.count, parameters: parameters,
                results: results))
        frameCount += 1
        floor = top
    }

    @inline(never)
    private mutating func growFrames() throws(ModuleError) {
        guard frameCount < module.limits.nestedBlocks else { throw limit("blocks nested too deeply") }
        let larger = UnsafeMutablePointer<ControlFrame>.allocate(capacity: frameCapacity * 2)
        larger.update(from: frames, count: frameCount)
        frames.deallocate()
        frames = larger
        frameCapacity *= 2
    }

    /// Takes the results of the innermost block, which must be all that it left.
    @inline(__always)
    mutating func popResults(_ results: TypeList) throws(ModuleError) {
        try pop(results)
        if top != floor { throw valuesRemain(results) }
    }

    @inline(never)
    private func valuesRemain(_ results: TypeList) -> ModuleError {
        invalid("type mismatch: \(top - floor) values remain below the results \(results) of a block")
    }

    /// Forgets which locals were set since a block began.
    @inline(__always)
    mutating func resetInitialized(to count: Int) {
        if initialized.count != count { resetInitializedSlowly(to: count) }
    }

    @inline(never)
    private mutating func resetInitializedSlowly(to count: Int) {
        while initialized.count > count {
            locals[Int(initialized.removeLast())] |= Self.uninitialized
        }
    }

    /// The types that a branch to a label carries.
    @inline(__always)
    mutating func readLabel() throws(ModuleError) -> TypeList {
        let depth = Int(try reader.readU32())
        guard depth < frameCount else { throw unknown("label", depth) }
        return frames[frameCount - 1 - depth].labelTypes
    }

    // MARK: Indices

    @inline(__always)
    mutating func readTypeIndex() throws(ModuleError) -> Int {
        let index = Int(try reader.readU32())
        guard index < typeCount else { throw unknown("type", index) }
        return index
    }

    /// The index of a type of some kind, and the type.
    mutating func readType(
        _ kind: TypeEntryKind, _ what: StaticString
    ) throws(ModuleError) -> (index: Int, entry: TypeEntry) {
        let index = try readTypeIndex()
        guard typeEntries[index].kind == kind else { throw invalid("type mismatch: type \(index) is not \(what)") }
        return (index, typeEntries[index])
    }

    @inline(__always)
    mutating func readFunctionIndex() throws(ModuleError) -> Int {
        let index = Int(try reader.readU32())
        guard index < tables.functionCount else { throw unknown("function", index) }
        return index
    }

    mutating func readTable() throws(ModuleError) -> TableEntry {
        let index = Int(try reader.readU32())
        guard index < tables.tableCount else { throw unknown("table", index) }
        return tables.tables[index]
    }

    /// The address type of a memory.
    mutating func readMemory() throws(ModuleError) -> ValueType {
        let index = Int(try reader.readU32())
        guard index < tables.memoryCount else { throw unknown("memory", index) }
        return tables.memories[index]
    }

    mutating func readDataIndex() throws(ModuleError) { try checkDataIndex(Int(try reader.readU32())) }

    func checkDataIndex(_ index: Int) throws(ModuleError) {
        if tables.dataCount < 0 { throw malformed("data count section required") }
        guard index < tables.dataCount else { throw unknown("data segment", index) }
    }

    /// The type of an element segment's elements.
    mutating func readElementSegment() throws(ModuleError) -> ValueType {
        try elementType(ofSegment: Int(try reader.readU32()))
    }

    func elementType(ofSegment index: Int) throws(ModuleError) -> ValueType {
        guard index < tables.elementSegmentCount else { throw unknown("elem segment", index) }
        return tables.elementSegments[index]
    }

    mutating func readHeapType() throws(ModuleError) -> HeapType {
        types.normalized(try reader.readHeapType(typeBound: typeCount))
    }

    /// A reference to a type of the module.
    @inline(__always)
    func reference(_ typeIndex: Int, nullable: Bool) -> ValueType {
        .ref(.concrete(typeEntries[typeIndex].canonical), nullable: nullable)
    }
}
