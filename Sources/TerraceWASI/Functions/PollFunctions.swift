// `poll_oneoff`: waits until the first of some moments or descriptors is there.
import CTerrace
import Glibc

extension WASI {
    /// Subscriptions in one call end here; a guest has no use for more than it can have descriptors.
    private static let maximumSubscriptions = DescriptorTable.capacity

    private struct Subscription {
        enum Kind {
            /// Ready at this time of the clock.
            case clock(WASIConfiguration.Clock, deadline: UInt64)
            /// Ready when the entry of the host's list with this index is.
            case descriptor(poll: Int, isRead: Bool)
            case failed(Errno)
        }

        let userData: UInt64
        let type: UInt8
        let kind: Kind
    }

    func pollOneOff(_ memory: GuestMemory, input: UInt32, output: UInt32, count: UInt32, result: UInt32) throws(Errno) {
        guard count > 0, count <= UInt32(Self.maximumSubscriptions) else { throw .invalid }
        let source = try memory.bytes(input, count: UInt64(count) * 48)
        let target = try memory.bytes(output, count: UInt64(count) * 32)
        try memory.checkRange(result, count: 4)

        var polls: [pollfd] = []
        var subscriptions: [Subscription] = []
        subscriptions.reserveCapacity(Int(count))
        for index in 0..<Int(count) {
            let bytes = UnsafeRawBufferPointer(rebasing: source[index * 48..<index * 48 + 48])
            subscriptions.append(try subscription(bytes, &polls))
        }
        try wait(subscriptions, &polls)

        var events = 0
        for subscription in subscriptions {
            let event = UnsafeMutableRawBufferPointer(rebasing: target[events * 32..<events * 32 + 32])
            if report(subscription, polls, event) { events += 1 }
        }
        try memory.store(UInt32(events), at: result)
    }

    private func subscription(_ bytes: UnsafeRawBufferPointer, _ polls: inout [pollfd]) throws(Errno) -> Subscription {
        let userData = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        let type = bytes[8]
        func number<Integer: FixedWidthInteger>(_ offset: Int, as: Integer.Type) -> Integer {
            Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
        }
        func make(_ kind: Subscription.Kind) -> Subscription {
            Subscription(userData: userData, type: type, kind: kind)
        }
        switch type {
        case 0:
            let identifier = number(16, as: UInt32.self)
            // Processor time does not pass while waiting.
            guard identifier == ClockIdentifier.realtime.rawValue || identifier == ClockIdentifier.monotonic.rawValue
            else { return make(.failed(.invalid)) }
            let clock = try clock(identifier)
            let timeout = number(24, as: UInt64.self)
            let isAbsolute = number(40, as: UInt16.self) & 1 != 0
            if isAbsolute { return make(.clock(clock, deadline: timeout)) }
            let (sum, overflow) = clock.now().addingReportingOverflow(timeout)
            return make(.clock(clock, deadline: overflow ? .max : sum))
        case 1, 2:
            let isRead = type == 1
            do {
                let host = try descriptors.host(number(16, as: UInt32.self), .poll)
                polls.append(pollfd(fd: host, events: Int16(isRead ? POLLIN : POLLOUT), revents: 0))
                return make(.descriptor(poll: polls.count - 1, isRead: isRead))
            } catch {
                return make(.failed(error))
            }
        default:
            throw .invalid
        }
    }

    /// Waits until at least one subscription is ready.
    private func wait(_ subscriptions: [Subscription], _ polls: inout [pollfd]) throws(Errno) {
        while true {
            // The nearest deadline, looked at again after each sleep: clocks can be set, and sleeps end a little early.
            var timeout: UInt64?
            for subscription in subscriptions {
                switch subscription.kind {
                case .failed: timeout = 0
                case .clock(let clock, let deadline):
                    let now = clock.now()
                    timeout = min(timeout ?? .max, deadline > now ? deadline - now : 0)
                case .descriptor: break
                }
            }
            let count: Int32
            if let timeout {
                var limit = timespec(nanoseconds: timeout)
                count = terrace_ppoll(&polls, nfds_t(polls.count), &limit)
            } else {
                count = terrace_ppoll(&polls, nfds_t(polls.count), nil)
            }
            if count < 0, errno != EINTR { throw .ofHost }
            if count > 0 || timeout == 0 { return }
        }
    }

    /// Writes the event of a subscription if it is ready.
    private func report(_ subscription: Subscription, _ polls: [pollfd], _ event: UnsafeMutableRawBufferPointer) -> Bool
    {
        var error: UInt16 = 0
        var byteCount: UInt64 = 0
        var flags: UInt16 = 0
        switch subscription.kind {
        case .failed(let reason):
            error = reason.rawValue
        case .clock(let clock, let deadline):
            guard clock.now() >= deadline else { return false }
        case .descriptor(let index, let isRead):
            let events = Int32(polls[index].revents)
            guard events != 0 else { return false }
            if events & Int32(POLLNVAL) != 0 {
                error = Errno.badDescriptor.rawValue
            } else if events & Int32(POLLERR) != 0 {
                error = Errno.inputOutput.rawValue
            }
            if events & Int32(POLLHUP) != 0 { flags = 1 }
            if isRead, events & Int32(POLLIN) != 0 {
                var available: Int32 = 0
                if ioctl(polls[index].fd, UInt(FIONREAD), &available) == 0 { byteCount = UInt64(max(available, 0)) }
            }
        }
        event.initializeMemory(as: UInt8.self, repeating: 0)
        event.storeBytes(of: subscription.userData.littleEndian, as: UInt64.self)
        event.storeBytes(of: error.littleEndian, toByteOffset: 8, as: UInt16.self)
        event[10] = subscription.type
        event.storeBytes(of: byteCount.littleEndian, toByteOffset: 16, as: UInt64.self)
        event.storeBytes(of: flags.littleEndian, toByteOffset: 24, as: UInt16.self)
        return true
    }
}
