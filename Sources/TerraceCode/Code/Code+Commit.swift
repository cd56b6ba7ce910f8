// The commit: how a block becomes part of a module's code. Reserve what can fail, then publish what cannot.

import Synchronization
import TerraceAssembler

#if canImport(Glibc)
    import Glibc
#endif

extension Code {
    /// Links code and publishes it with its metadata: a complete tier, some functions of one, or stubs.
    ///
    /// Functions get the new code unless they have better code already; stubs can be found by ``StubID`` unless one of that
    /// name is there already. Open claims for the block's functions and its tier are settled. Any thread may be running the
    /// module's code meanwhile. On failure everything is as it was before, claims included, but for functions that were
    /// evicted to make room.
    @discardableResult
    public func commit(_ compiled: CompiledCode, kind: CodeBlockKind) throws(CodeError) -> CodeBlock {
        var compiled = compiled
        return try commit(&compiled, kind: kind)
    }

    /// Like ``commit(_:kind:)-(CompiledCode,_)``, without a copy of the code: it is linked where it is.
    @discardableResult
    public func commit(_ compiled: inout CompiledCode, kind: CodeBlockKind) throws(CodeError) -> CodeBlock {
        try compiled.withView { (view) throws(CodeError) in try commit(view, kind: kind) }
    }

    /// Like ``commit(_:kind:)-(CompiledCode,_)``, for borrowed code, which is linked where it is.
    @discardableResult
    public func commit(_ view: CompiledCodeView, kind: CodeBlockKind) throws(CodeError) -> CodeBlock {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let identity = ObjectIdentifier(self)
        SyncPoint.commitBeforeReserve.reach(in: identity)
        try check(view, kind)
        let record = try makeRecord(view, kind: kind)
        let block: CodeBlock
        do throws(CodeError) {
            let linker = linker(for: record)
            try linker.check(view.relocations, byteCount: view.bytes.count)
            block = CodeBlock(record: record, segment: try place(view, kind, record, linker))
        } catch {
            reservation.records.release(record)
            throw error
        }
        publish(block, identity)
        return block
    }

    /// Checks what a compiler could do wrong, so that nothing later depends on its care.
    private func check(_ view: CompiledCodeView, _ kind: CodeBlockKind) throws(CodeError) {
        guard view.bytes.count <= CodeBlock.maximumByteCount else { throw .blockTooLarge }
        for range in view.codeRanges where range.kind.isFunctionBody {
            let isDefined = range.functionIndex >= importedFunctionCount && range.functionIndex < functionCount
            guard isDefined, kind.tier != nil, range.begin <= range.end, range.end.rawValue <= view.bytes.count else {
                throw .invalidFunction(range.functionIndex)
            }
        }
    }

    /// Gives a block its place and writes its bytes there. Nobody sees them yet.
    private func place(
        _ view: CompiledCodeView, _ kind: CodeBlockKind, _ record: UnsafeMutablePointer<CodeBlockRecord>,
        _ linker: CodeLinker
    ) throws(CodeError) -> CodeSegment {
        var isRetry = false
        while true {
            let (segment, room) = try reserve(view, kind: kind)
            record.pointee.base = segment.base.rawValue + UInt(room.start.rawValue)
            record.pointee.blockStart = room.start.rawValue
            do throws(CodeError) {
                try write(view, linker, UnmanagedCodeBlock(record).placement, segment)
                // Other code ran here before: no processor may have instructions of it in hand.
                if room.isReused, !ProcessBarrier.execute() { throw .codeMemoryExhausted }
                return segment
            } catch {
                withCommitLock { mutable in
                    mutable.codeBytes -= view.bytes.count
                    mutable.pendingBlockCount -= 1
                }
                // A write that was refused has sealed the segment, and may have been made in part: that room is lost.
                if case .refused = error {} else { segment.cancel(room) }
                // A segment that is not written to any more is sealed now; there may be room elsewhere.
                guard case .refused = error, !isRetry else { throw error }
                isRetry = true
            }
        }
    }

    /// Links the bytes and writes them to where they will run.
    private func write(
        _ view: CompiledCodeView, _ linker: CodeLinker, _ placement: CodePlacement, _ segment: CodeSegment
    ) throws(CodeError) {
        try linker.link(view.relocations, in: view.bytes, at: placement)
        try FailureInjection.check(ObjectIdentifier(self), .codeMemoryExhausted)
        SyncPoint.commitBeforeWrite.reach(in: ObjectIdentifier(self))
        try segment.write(UnsafeRawBufferPointer(view.bytes), at: placement.blockStart)
    }

    /// The block's metadata in memory of its own.
    private func makeRecord(
        _ view: CompiledCodeView, kind: CodeBlockKind
    ) throws(CodeError) -> UnsafeMutablePointer<CodeBlockRecord> {
        try FailureInjection.check(ObjectIdentifier(self), .outOfMemory)
        guard let record = reservation.records.allocate() else { throw .outOfMemory }
        do throws(CodeError) { try FailureInjection.check(ObjectIdentifier(self), .outOfMemory) } catch {
            reservation.records.release(record)
            throw error
        }
        do throws(CodeError) { record.pointee = try CodeBlockRecord(copying: view, kind: kind) } catch {
            reservation.records.release(record)
            throw error
        }
        record.pointee.code = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        return record
    }

    private func linker(for record: UnsafeMutablePointer<CodeBlockRecord>) -> CodeLinker {
        CodeLinker(
            cells: UnsafeRawPointer(cells), functionCount: functionCount, canonicalTypeIDs: canonicalTypeIDs,
            functions: UnmanagedCodeBlock(record).functionRanges, code: self)
    }

    /// Reserves everything that a block needs of what is shared: room in the lists, bytes in a segment, slots in the maps.
    /// Nothing of it can be seen from outside until the commit publishes it.
    private func reserve(
        _ view: CompiledCodeView, kind: CodeBlockKind
    ) throws(CodeError) -> (CodeSegment, CodeSegment.Room) {
        let identity = ObjectIdentifier(self)
        try FailureInjection.check(identity, .outOfMemory)
        try countBytes(view.bytes.count, isStubs: kind.tier == nil, stubCount: view.codeRanges.count)
        do throws(CodeError) {
            try FailureInjection.check(identity, .codeMemoryExhausted)
            let (segment, room) = try findRoom(view.bytes.count, view.alignment)
            let address = CodeAddress(rawValue: segment.base.rawValue + UInt(room.start.rawValue))
            do throws(CodeError) {
                try FailureInjection.check(identity, .outOfMemory)
                guard map.reserve(address) else { throw .outOfMemory }
                try FailureInjection.check(identity, .outOfMemory)
                guard reservation.map.reserve(address) else { throw .outOfMemory }
            } catch {
                segment.cancel(room)
                throw error
            }
            return (segment, room)
        } catch {
            withCommitLock { mutable in
                mutable.codeBytes -= view.bytes.count
                mutable.pendingBlockCount -= 1
            }
            throw error
        }
    }

    /// Room for a block: in the open segment, in one that becomes it, or in a segment of its own if the block is large.
    ///
    /// New segments are made with no lock held. One thread at a time makes a new open segment; whoever comes meanwhile
    /// takes just what it needs.
    private func findRoom(
        _ byteCount: Int, _ alignment: Int
    ) throws(CodeError) -> (CodeSegment, CodeSegment.Room) {
        enum Way {
            case open(CodeSegment, CodeSegment.Room)
            case newOpen(capacity: Int)
            case own
        }
        let way = withCommitLock { mutable -> Way in
            if let segment = mutable.openSegment, segment.isAppendable,
                let room = segment.reserve(byteCount: byteCount, alignment: alignment)
            {
                return .open(segment, room)
            }
            if let (segment, room) = mutable.freedSegments.reserve(byteCount: byteCount, alignment: alignment) {
                return .open(segment, room)
            }
            if mutable.isMakingSegment || byteCount > mutable.nextSegmentBytes / 2 { return .own }
            mutable.isMakingSegment = true
            return .newOpen(capacity: mutable.nextSegmentBytes)
        }
        var segment: CodeSegment?
        switch way {
        case .open(let segment, let room): return (segment, room)
        case .own: break
        case .newOpen(let capacity):
            segment = try? CodeSegment(byteCount: byteCount, capacity: capacity, in: reservation)
            SyncPoint.segmentAfterMaking.reach(in: ObjectIdentifier(self))
        }
        defer {
            if case .newOpen = way { withCommitLock { $0.isMakingSegment = false } }
        }
        // Where little is left, just enough is better than nothing.
        let newSegment = if let segment { segment } else { try CodeSegment(byteCount: byteCount, in: reservation) }
        guard let room = newSegment.reserve(byteCount: byteCount, alignment: alignment) else {
            throw .contradiction("a new segment does not hold what it was made for")
        }
        if segment == nil || !newSegment.isAppendable {
            newSegment.seal()
        } else {
            withCommitLock { mutable in
                mutable.openSegment = newSegment
                mutable.nextSegmentBytes = min(mutable.nextSegmentBytes * 2, Code.largestSegmentBytes)
            }
        }
        return (newSegment, room)
    }

    /// Makes a block visible, step by step; a reader sees a consistent state after each of them. Nothing here can fail.
    private func publish(_ block: CodeBlock, _ identity: ObjectIdentifier) {
        pin()
        defer { unpin() }
        SyncPoint.commitBeforeLock.reach(in: identity)
        let announcers = withCommitLock { mutable in
            mutable.append(block)
            return mutable.announcers
        }
        SyncPoint.commitAfterAppend.reach(in: identity)
        for announcer in announcers { announcer.willPublish(block) }
        map.insert(block.unmanaged)
        reservation.map.insert(block.unmanaged)
        SyncPoint.commitAfterMapInsert.reach(in: identity)
        guard let tier = block.kind.tier else {
            publishStubs(of: block)
            return  // and the use stays: stubs are never retired
        }
        var waiting: [Int] = []
        var replaced: [CodeBlock] = []
        let distance = UInt32(block.base.rawValue - reservation.base.rawValue)
        block.functionRanges.forEach { range in
            let entry = distance + range.begin.rawValue
            let function = Int(range.functionIndex)
            let publication = states.publish(function, tier: tier, entry: entry)
            if publication.hasWaiters { waiting.append(function) }
            if let entry = publication.replaced {
                // Its use for this function keeps it until the cell is stored.
                let address = CodeAddress(rawValue: reservation.base.rawValue + UInt(entry))
                if let old = map.lookup(address)?.block?.takeUnretainedValue() { replaced.append(old) }
            }
            if !publication.isBest { replaced.append(block) }
        }
        SyncPoint.commitAfterState.reach(in: identity)
        block.functionRanges.forEach { storeCell(Int($0.functionIndex)) }
        SyncPoint.commitAfterCell.reach(in: identity)
        for function in waiting { states.wake(function) }
        for old in replaced where old.endFunction() { retire(old) }
        if block.endUse() { retire(block) }
    }

    /// Stubs are found by name only when their code can be found by address: the table is to them what cells are to
    /// functions.
    private func publishStubs(of block: CodeBlock) {
        withCommitLock { mutable in
            for range in block.codeRanges where range.kind != .function {
                let id = StubID(range.kind, range.functionIndex).rawValue
                if mutable.stubs[id] == nil { mutable.stubs[id] = block.placement.address(of: range.begin) }
            }
        }
    }
}

extension Code.Mutable {
    /// Adds a block to the list and to the figures.
    fileprivate mutating func append(_ block: CodeBlock) {
        pendingBlockCount -= 1
        blocks.append(block)
        count(block, +1)
    }

    /// Takes a block that is freed from the list and from the figures. Its room can be had again when it is gone.
    mutating func remove(_ block: CodeBlock) {
        blocks.remove(block)
        codeBytes -= block.byteCount
        count(block, -1)
        statistics.freedBytes += block.byteCount
        statistics.freedBlockCount += 1
        freedSegments.add(block.segment)
    }

    private mutating func count(_ block: CodeBlock, _ sign: Int) {
        statistics[block.kind].count += sign
        statistics[block.kind].functionCount += sign * block.functionRanges.count
        statistics[block.kind].codeBytes += sign * block.byteCount
        statistics[block.kind].metadataBytes += sign * block.metadataByteCount
    }
}
