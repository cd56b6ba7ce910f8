// The records that machine code reads are Swift structs: here their fields are held against the offsets that machine code
// uses.

import TerraceABI
import Testing

@testable import TerraceRuntime

@Suite struct LayoutTests {
    /// Fails unless a field stands where the layout says.
    private func check<Record, Field>(
        _ path: KeyPath<Record, Field>, at offset: Int32, bytes: Int = MemoryLayout<UInt>.size,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(MemoryLayout<Record>.offset(of: path) == Int(offset), sourceLocation: sourceLocation)
        #expect(MemoryLayout<Field>.size == bytes, sourceLocation: sourceLocation)
    }

    @Test func activationContext() {
        typealias Layout = ActivationContextLayout
        check(\ActivationRecord.hostStackPointer, at: Layout.hostStackPointer)
        check(\ActivationRecord.wasmStackPointer, at: Layout.wasmStackPointer)
        check(\ActivationRecord.exitPC, at: Layout.exitPC)
        check(\ActivationRecord.exitFP, at: Layout.exitFP)
        check(\ActivationRecord.trapKind, at: Layout.trapKind, bytes: 4)
        check(\ActivationRecord.interruptRequested, at: Layout.interruptRequested, bytes: 4)
        check(\ActivationRecord.faultAddress, at: Layout.faultAddress)
        check(\ActivationRecord.owner, at: Layout.owner)
        check(\ActivationRecord.exitIsTrap, at: Layout.exitIsTrap, bytes: 4)
        check(\ActivationRecord.hostControlWord, at: Layout.hostControlWord, bytes: 4)
        check(\ActivationRecord.wasmControlWord, at: Layout.wasmControlWord, bytes: 4)
        check(\ActivationRecord.controlWordScratch, at: Layout.controlWordScratch, bytes: 4)
        check(\ActivationRecord.scanRequested, at: Layout.scanRequested, bytes: 4)
        check(\ActivationRecord.controlProbe, at: Layout.controlProbe, bytes: 16)
        check(\ActivationRecord.controlProbeAddend, at: Layout.controlProbe + 16, bytes: 16)
        check(\ActivationRecord.controlProbeSum, at: Layout.controlProbe + 32, bytes: 16)
        #expect(MemoryLayout<ActivationRecord>.size == Layout.size)
    }

    @Test func instanceHeader() {
        check(\InstanceHeader.stackLimit, at: InstanceLayout.stackLimit)
        check(\InstanceHeader.context, at: InstanceLayout.context)
        check(\InstanceHeader.memory0Base, at: InstanceLayout.memory0Base)
        check(\InstanceHeader.builtins, at: InstanceLayout.builtins)
        check(\InstanceHeader.builtinStubs, at: InstanceLayout.builtinStubs)
        check(\InstanceHeader.entryCells, at: InstanceLayout.entryCells)
        check(\InstanceHeader.owner, at: InstanceLayout.owner)
        #expect(MemoryLayout<InstanceHeader>.size == Int(InstanceLayout.headerSize))
        #expect(MemoryLayout<RawValue>.stride == 16)
    }

    @Test func hostInstance() {
        check(\HostInstance.stackLimit, at: HostInstanceLayout.stackLimit)
        check(\HostInstance.context, at: HostInstanceLayout.context)
        check(\HostInstance.memory0Base, at: HostInstanceLayout.memory0Base)
        check(\HostInstance.entry, at: HostInstanceLayout.entry)
        check(\HostInstance.owner, at: HostInstanceLayout.owner)
        #expect(MemoryLayout<HostInstance>.size == HostInstanceLayout.size)
    }

    @Test func functionReference() {
        check(\FunctionRecord.cell, at: FunctionReferenceLayout.cell)
        check(\FunctionRecord.instance, at: FunctionReferenceLayout.instance)
        check(\FunctionRecord.typeID, at: FunctionReferenceLayout.typeID, bytes: 4)
        check(\FunctionRecord.functionIndex, at: FunctionReferenceLayout.functionIndex, bytes: 4)
        #expect(MemoryLayout<FunctionRecord>.size == FunctionReferenceLayout.size)
    }

    @Test func memoryAndTable() {
        check(\MemoryRecord.base, at: MemoryRecordLayout.base)
        check(\MemoryRecord.byteLength, at: MemoryRecordLayout.byteLength)
        #expect(MemoryLayout<MemoryRecord>.size == MemoryRecordLayout.size)
        check(\TableRecord.base, at: TableRecordLayout.base)
        check(\TableRecord.length, at: TableRecordLayout.length)
        #expect(MemoryLayout<TableRecord>.size == TableRecordLayout.size)
    }
}
