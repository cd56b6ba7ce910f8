// The dominator tree of blocks, with pointers some way up (skew-binary: Myers 1983), so that ancestors are found in
// logarithmic time while the tree still grows.

extension Graph {
    /// Puts a block into the tree; its dominator must be in it. The root is its own dominator.
    @inline(__always) func setDominator(of block: BlockIndex, _ dominator: BlockIndex) {
        let entry = blocks.element(Int(block))
        entry.pointee.dominator = dominator
        guard dominator != block else {
            entry.pointee.dominatorDepth = 0
            entry.pointee.dominatorJump = block
            return
        }
        let parent = blocks.element(Int(dominator))
        let jump = blocks.element(Int(parent.pointee.dominatorJump))
        let farther = blocks.element(Int(jump.pointee.dominatorJump))
        entry.pointee.dominatorDepth = parent.pointee.dominatorDepth &+ 1
        let isRegular =
            parent.pointee.dominatorDepth &- jump.pointee.dominatorDepth
            == jump.pointee.dominatorDepth &- farther.pointee.dominatorDepth
        entry.pointee.dominatorJump = isRegular ? jump.pointee.dominatorJump : dominator
    }

    /// Whether every way to `block` leads through `ancestor`. A block dominates itself.
    @inline(__always) func dominates(_ ancestor: BlockIndex, _ block: BlockIndex) -> Bool {
        if ancestor == block { return true }
        let depth = blocks.element(Int(ancestor)).pointee.dominatorDepth
        guard depth < blocks.element(Int(block)).pointee.dominatorDepth else { return false }
        return self.ancestor(of: block, depth: depth) == ancestor
    }

    /// The block that dominates `block` at a depth that is not larger than its own.
    func ancestor(of block: BlockIndex, depth: UInt32) -> BlockIndex {
        var block = block
        while true {
            let entry = blocks.element(Int(block))
            if entry.pointee.dominatorDepth <= depth { return block }
            let jump = entry.pointee.dominatorJump
            block = blocks.element(Int(jump)).pointee.dominatorDepth >= depth ? jump : entry.pointee.dominator
        }
    }

    /// The nearest block that dominates both.
    func commonDominator(_ first: BlockIndex, _ second: BlockIndex) -> BlockIndex {
        let depth = min(
            blocks.element(Int(first)).pointee.dominatorDepth, blocks.element(Int(second)).pointee.dominatorDepth)
        var first = ancestor(of: first, depth: depth)
        var second = ancestor(of: second, depth: depth)
        while first != second {
            let a = blocks.element(Int(first))
            let b = blocks.element(Int(second))
            // Equal depths have pointers of equal lengths.
            if a.pointee.dominatorJump != b.pointee.dominatorJump {
                first = a.pointee.dominatorJump
                second = b.pointee.dominatorJump
            } else {
                first = a.pointee.dominator
                second = b.pointee.dominator
            }
        }
        return first
    }
}
