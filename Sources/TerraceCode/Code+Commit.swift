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
    /// module's code meanwhile. On failure everything is as it was before, claims included.
    @discardableResult
    public func commit(_ compiled: CompiledCode, kind: CodeBlockKind) throws(CodeError) -> CodeBlock {
        try compiled.withView { (view) throws(CodeError) in try commit(view, kind: kind) }
    }

    /// Like ``commit(_:kind:)-(CompiledCode,_)``, for borrowed code: everything is copied once.
    @discardableResult
    public func commit(_ view: CompiledCodeView, kind: CodeBlockKind) throws(CodeError) -> CodeBlock {
        let identity = ObjectIdentifier(self)
        SyncPoint.commitBeforeReserve.reach(in: identity)
        guard view.bytes.count <= CodeBlock.maximumByteCount else { throw .blockTooLarge }
        let record = try makeRecord(view, kind: kind)
        let block: CodeBlock
        do throws(CodeError) {
            let linker = linker(for: record)
            try linker.check(view.relocations, byteCount: view.bytes.count)
            let (segment, start) = try reserve(view, kind: kind)
            record.pointee.base = segment.base.rawValue + UInt(start.rawValue)
            record.pointee.blockStart = start.rawValue
            block = CodeBlock(record: record, segment: segment)
            let target = segment.writable(start)
            if let source = view.bytes.baseAddress { memcpy(target, source, view.bytes.count) }
            linker.link(view.relocations, in: target, at: block.placement)
        } catch {
            reservation.records.release(record)
            throw error
        }
        publish(block, identity)
        return block
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
        guard let contents = CodeBlockRecord(copying: view, kind: kind) else {
            reservation.records.release(record)
            throw .outOfMemory
        }
        record.pointee = contents
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
    ) throws(CodeError) -> (segment: CodeSegment, start: SegmentOffset) {
        try mutable.withLock { (mutable) throws(CodeError) in
            try FailureInjection.check(ObjectIdentifier(self), .outOfMemory)
            let needed = mutable.blocks.count + mutable.pendingBlockCount + 1
            if mutable.blocks.capacity < needed { mutable.blocks.reserveCapacity(needed * 2) }
            if kind.tier == nil { mutable.stubs.reserveCapacity(mutable.stubs.count + view.codeRanges.count) }
            try FailureInjection.check(ObjectIdentifier(self), .codeMemoryExhausted)
            let room = try mutable.room(view.bytes.count, view.alignment, in: reservation)
            let address = CodeAddress(rawValue: room.segment.base.rawValue + UInt(room.place.start.rawValue))
            do throws(CodeError) {
                try FailureInjection.check(ObjectIdentifier(self), .outOfMemory)
                guard map.reserve(address) else { throw .outOfMemory }
                try FailureInjection.check(ObjectIdentifier(self), .outOfMemory)
                guard reservation.map.reserve(address) else { throw .outOfMemory }
            } catch {
                room.segment.cancel(room.place)
                throw error
            }
            mutable.accept(room)
            mutable.pendingBlockCount += 1
            return (room.segment, room.place.start)
        }
    }

    /// Makes a block visible, step by step; a reader sees a consistent state after each of them. Nothing here can fail.
    private func publish(_ block: CodeBlock, _ identity: ObjectIdentifier) {
        SyncPoint.commitBeforeLock.reach(in: identity)
        let announcers = mutable.withLock { mutable in
            mutable.pendingBlockCount -= 1
            mutable.blocks.append(block)
            mutable.count(block)
            return mutable.announcers
        }
        SyncPoint.commitAfterAppend.reach(in: identity)
        for announcer in announcers { announcer.willPublish(block) }
        map.insert(block.unmanaged)
        reservation.map.insert(block.unmanaged)
        SyncPoint.commitAfterMapInsert.reach(in: identity)
        guard let tier = block.kind.tier else {
            publishStubs(of: block)
            return
        }
        var waiting: [Int] = []
        let distance = UInt32(block.base.rawValue - reservation.base.rawValue)
        block.functionRanges.forEach { range in
            let entry = distance + range.begin.rawValue
            let function = Int(range.functionIndex)
            if states.publish(function, tier: tier, entry: entry) { waiting.append(function) }
        }
        SyncPoint.commitAfterState.reach(in: identity)
        block.functionRanges.forEach { storeCell(Int($0.functionIndex)) }
        SyncPoint.commitAfterCell.reach(in: identity)
        for function in waiting { states.wake(function) }
    }

    /// Stubs are found by name only when their code can be found by address: the table is to them what cells are to
    /// functions.
    private func publishStubs(of block: CodeBlock) {
        mutable.withLock { mutable in
            for range in block.codeRanges where range.kind != .function {
                let id = StubID(range.kind, range.functionIndex)
                if mutable.stubs[id] == nil { mutable.stubs[id] = block.placement.address(of: range.begin) }
            }
        }
    }
}

extension Code.Mutable {
    /// Bytes for a block, and where they come from.
    fileprivate struct Room {
        enum Source {
            case open, newOpen, own
        }
        var segment: CodeSegment
        var place: CodeSegment.Room
        var source: Source
    }

    /// Room for a block: in the open segment, in one that shall become it, or in a segment of its own if it is large.
    fileprivate func room(
        _ byteCount: Int, _ alignment: Int, in reservation: CodeReservation
    ) throws(CodeError) -> Room {
        if let openSegment, let place = openSegment.reserve(byteCount: byteCount, alignment: alignment) {
            return Room(segment: openSegment, place: place, source: .open)
        }
        let isLarge = byteCount > nextSegmentBytes / 2
        var segment: CodeSegment?
        if !isLarge { segment = try? CodeSegment(capacity: nextSegmentBytes, in: reservation) }
        // Where little is left, just enough is better than nothing.
        let isOwn = segment == nil
        let segmentInUse = if let segment { segment } else { try CodeSegment(capacity: byteCount, in: reservation) }
        guard let place = segmentInUse.reserve(byteCount: byteCount, alignment: alignment) else {
            preconditionFailure("a new segment holds what it was made for")
        }
        if isOwn { segmentInUse.seal() }
        return Room(segment: segmentInUse, place: place, source: isOwn ? .own : .newOpen)
    }

    /// Keeps what `room` found, when nothing else can fail.
    fileprivate mutating func accept(_ room: Room) {
        switch room.source {
        case .open: return
        case .newOpen:
            openSegment = room.segment
            nextSegmentBytes = min(nextSegmentBytes * 2, Code.largestSegmentBytes)
        case .own: break
        }
        statistics.segmentCount += 1
        statistics.mappedBytes += room.segment.capacity
    }

    /// Adds a block to the figures.
    fileprivate mutating func count(_ block: CodeBlock) {
        statistics[block.kind].count += 1
        statistics[block.kind].functionCount += block.functionRanges.count
        statistics[block.kind].codeBytes += block.byteCount
        statistics[block.kind].metadataBytes += block.metadataByteCount
    }
}
