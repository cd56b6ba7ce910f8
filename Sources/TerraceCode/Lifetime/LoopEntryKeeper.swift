// Code that running loops enter: uses of blocks that no entry cell tells of.

/// Who knows which loops lead to code for entry there. Asked by any thread, with no lock held.
public protocol LoopEntryKeeper: AnyObject, Sendable {
    /// Loops of a function lead to some code no more. False if none did: the use has ended before, or has not begun.
    func withdrawLoopEntry(of function: UInt32, at address: CodeAddress) -> Bool

    /// The same for all such code of a function. Returns where loops led.
    func withdrawLoopEntries(of function: UInt32) -> [CodeAddress]
}

extension Code {
    /// A running loop goes on at an address, which its keeper told the calling thread since that thread's last safepoint.
    public func noteLoopEntry(at address: CodeAddress) {
        pin()
        map.lookup(address)?.block?.takeUnretainedValue().isOnProbation.store(false, ordering: .relaxed)
        unpin()
    }

    /// The code of a block is gone, and nobody is in it: its loops ask for nothing any more. Code for entry there goes too,
    /// unless the function has other code with such loops by now.
    func endLoopEntries(from block: CodeBlock) {
        guard let keeper = loopEntries, block.kind.tier == .baseline else { return }
        block.functionRanges.forEach { range in
            guard state(of: Int(range.functionIndex)).tier != .baseline else { return }
            for address in keeper.withdrawLoopEntries(of: range.functionIndex) {
                pin()
                // What was withdrawn here was in use until now.
                if let other = map.lookup(address)?.block?.takeUnretainedValue(), other.endFunction() { retire(other) }
                unpin()
            }
        }
    }
}
