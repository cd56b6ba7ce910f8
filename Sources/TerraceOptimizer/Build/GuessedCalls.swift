// Calls through references whose callee was nearly always the same function: the reference is compared with that function's, and
// where it is the one, the function is called as if its name stood there, without a look at its type and without a change of
// instance, or its body takes the place of the call.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// The function that an indirect call mostly calls.
struct LikelyCallee: BitwiseCopyable {
    var function: UInt32
    /// Whether other callees are too rare to be cared for.
    var isNearlyAlways: Bool

    /// Calls that must have been seen.
    static var fewestCalls: UInt64 { 32 }

    /// What a call's profile says, if it says enough.
    init?(_ site: CallSiteProfile) {
        var total = UInt64(site.otherCount)
        var best = site.first
        for target in [site.first, site.second, site.third] where target.function < CallSiteProfileLayout.none {
            if best.function >= CallSiteProfileLayout.none || target.count > best.count { best = target }
        }
        for target in [site.first, site.second, site.third] where target.function != CallSiteProfileLayout.none {
            total += UInt64(target.count)
        }
        let count = UInt64(best.count)
        guard best.function < CallSiteProfileLayout.none, total >= Self.fewestCalls, count * 5 >= total * 4 else {
            return nil
        }
        function = best.function
        isNearlyAlways = count * 16 >= total * 15
    }
}

extension Builder {
    /// Whom the call at an offset, which is the function's indirect call of a number, mostly calls, if that can be compared with
    /// the reference.
    mutating func likelyCallee(at offset: UInt32, number: UInt32) -> LikelyCallee? {
        let environment = environment.unsafelyUnwrapped
        guard Int(number) < profile.callSites.count, let callee = LikelyCallee(profile.callSites[Int(number)]) else {
            return nil
        }
        var operands = reader
        operands.offset = Int(offset)
        switch operands.readOpcode() {
        case .callIndirect, .callRef: break
        default: return nil
        }
        let module = environment.module
        let typeIndex = operands.readU32()
        // A profile is a hint, however wrong it is.
        guard Int(callee.function) >= environment.importedFunctionCount,
            Int(callee.function) < environment.functionCount,
            environment.functionRecords[Int(callee.function)] != ModuleEnvironment.noRecord,
            module.normalized(.concrete(functionTypes[Int(callee.function)]))
                == module.normalized(.concrete(typeIndex))
        else { return nil }
        return callee
    }

    /// A call of the function behind a reference, which is mostly the plan's; its arguments are the top operands.
    mutating func callGuessed(_ index: UInt32, _ reference: Value, typeIndex: UInt32, isIndirect: Bool) {
        let planned = plan.calls[Int(index)]
        let signature = signatures[Int(typeIndex)]
        let isCallee = place(Node(.functionTest, .i32, .nop, reference.index, planned.function), upperBits: 1)
        var frame = ControlFrame(kind: .guess, construct: ConstructScan.nothingAssigned)
        frame.parameterCount = signature.parameterCount
        frame.resultCount = signature.resultCount
        frame.height = UInt32(truncatingIfNeeded: stack.count) &- signature.parameterCount
        frame.versions = versions
        frame.decision = block
        save(&frame)
        control.append(frame)
        let position = control.count &- 1
        let direct = newBlock()
        let other = newBlock()
        terminateBranch(isCallee)
        addEdge(to: direct)
        addEdge(to: other)
        graph.blocks.element(Int(other)).pointee.isCold = planned.isNearlyAlways
        beginBlock(other, dominator: frame.decision)
        callThrough(reference, typeIndex: typeIndex, isIndirect: isIndirect)
        jump(toFrame: position)
        restore(frame)
        versions = frame.versions
        beginBlock(direct, dominator: frame.decision)
        if planned.isInlined {
            beginInlined(index)
        } else {
            callDirectly(planned.function)
            _ = endBlock(isReachable: true)
        }
    }
}
