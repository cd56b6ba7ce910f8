// How the functions of `wasi_snapshot_preview1` become imports of a guest, and how a program is run with them.
import Terrace

extension WASI {
    /// Defines the functions that `module` imports from `wasi_snapshot_preview1`. A name that WASI does not have stays
    /// undefined.
    ///
    /// The store's functions keep this object alive.
    public func define(in imports: inout Imports, for module: Module, store: Store) {
        for entry in module.imports where entry.module == Self.moduleName {
            if let function = function(entry.name, store) { imports.define(Self.moduleName, entry.name, function) }
        }
    }

    /// Runs a program: calls its export `_start`.
    ///
    /// - Returns: The program's exit code: 0 if `_start` returns, or what the program passed to `proc_exit`.
    /// - Throws: The `Trap` that ended the program, or `WASIError` if the module is not a program.
    public func run(_ instance: Instance) throws -> UInt32 {
        guard let start = instance.function("_start") else {
            throw WASIError(description: "the module does not export a function '_start'")
        }
        guard start.type.parameters.isEmpty, start.type.results.isEmpty else {
            throw WASIError(description: "the function '_start' has parameters or results")
        }
        do throws(Trap) {
            try start()
            return 0
        } catch {
            if let exit = error.hostError as? ProcessExit { return exit.code }
            throw error
        }
    }

    /// The function of this name, with the types that WASI gives it.
    func function(_ name: String, _ store: Store) -> Function? {
        descriptorFunction(name, store) ?? processFunction(name, store) ?? pathFunction(name, store)
            ?? socketFunction(name, store)
    }

    /// Calls a function on the calling guest's memory; the guest gets the error's number, or 0. A guest that exports no
    /// memory has an empty one.
    @inline(__always)
    private func result(_ caller: Caller, _ body: (GuestMemory) throws(Errno) -> Void) -> UInt32 {
        let memory = GuestMemory(caller.memoryBytes() ?? UnsafeMutableRawBufferPointer(start: nil, count: 0))
        return result { () throws(Errno) in try body(memory) }
    }

    @inline(__always)
    private func result(_ body: () throws(Errno) -> Void) -> UInt32 {
        do throws(Errno) {
            try body()
            return 0
        } catch {
            return UInt32(error.rawValue)
        }
    }
}

// One case per function: the parameters are those of the specification, in its order.
extension WASI {
    private func processFunction(_ name: String, _ store: Store) -> Function? {
        switch name {
        case "args_get":
            Function(store) { (caller: Caller, pointers: UInt32, buffer: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.argumentsGet(memory, pointers: pointers, buffer: buffer)
                }
            }
        case "args_sizes_get":
            Function(store) { (caller: Caller, count: UInt32, size: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.argumentsSizesGet(memory, count: count, size: size)
                }
            }
        case "environ_get":
            Function(store) { (caller: Caller, pointers: UInt32, buffer: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.environmentGet(memory, pointers: pointers, buffer: buffer)
                }
            }
        case "environ_sizes_get":
            Function(store) { (caller: Caller, count: UInt32, size: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.environmentSizesGet(memory, count: count, size: size)
                }
            }
        case "clock_res_get":
            Function(store) { (caller: Caller, clock: UInt32, resolution: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.clockResolutionGet(memory, clock: clock, resolution: resolution)
                }
            }
        case "clock_time_get":
            Function(store) { (caller: Caller, clock: UInt32, precision: UInt64, time: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.clockTimeGet(memory, clock: clock, precision: precision, time: time)
                }
            }
        case "poll_oneoff":
            Function(store) { (caller: Caller, input: UInt32, output: UInt32, count: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.pollOneOff(memory, input: input, output: output, count: count, result: result)
                }
            }
        case "random_get":
            Function(store) { (caller: Caller, buffer: UInt32, length: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.randomGet(memory, buffer: buffer, length: length)
                }
            }
        case "sched_yield":
            Function(store) { (_: Caller) in
                self.result { () throws(Errno) in self.yield() }
            }
        case "proc_exit":
            Function(store) { (_: Caller, code: UInt32) throws in throw ProcessExit(code: code) }
        case "proc_raise":
            Function(store) { (_: Caller, signal: UInt32) throws -> UInt32 in
                do {
                    try self.raise(signal)
                    return 0
                } catch let error as Errno {
                    return UInt32(error.rawValue)
                }
            }
        default: nil
        }
    }

    private func descriptorFunction(_ name: String, _ store: Store) -> Function? {
        switch name {
        case "fd_advise":
            Function(store) { (_: Caller, fd: UInt32, offset: UInt64, length: UInt64, advice: UInt32) in
                self.result { () throws(Errno) in
                    try self.advise(fd: fd, offset: offset, length: length, advice: advice)
                }
            }
        case "fd_allocate":
            Function(store) { (_: Caller, fd: UInt32, offset: UInt64, length: UInt64) in
                self.result { () throws(Errno) in
                    try self.allocate(fd: fd, offset: offset, length: length)
                }
            }
        case "fd_close":
            Function(store) { (_: Caller, fd: UInt32) in
                self.result { () throws(Errno) in
                    try self.closeDescriptor(fd: fd)
                }
            }
        case "fd_datasync":
            Function(store) { (_: Caller, fd: UInt32) in
                self.result { () throws(Errno) in
                    try self.synchronizeData(fd: fd)
                }
            }
        case "fd_fdstat_get":
            Function(store) { (caller: Caller, fd: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.descriptorStatusGet(memory, fd: fd, result: result)
                }
            }
        case "fd_fdstat_set_flags":
            Function(store) { (_: Caller, fd: UInt32, flags: UInt32) in
                self.result { () throws(Errno) in
                    try self.descriptorStatusSetFlags(fd: fd, flags: flags)
                }
            }
        case "fd_fdstat_set_rights":
            Function(store) { (_: Caller, fd: UInt32, base: UInt64, inheriting: UInt64) in
                self.result { () throws(Errno) in
                    try self.descriptorStatusSetRights(fd: fd, base: base, inheriting: inheriting)
                }
            }
        case "fd_filestat_get":
            Function(store) { (caller: Caller, fd: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.fileStatusGet(memory, fd: fd, result: result)
                }
            }
        case "fd_filestat_set_size":
            Function(store) { (_: Caller, fd: UInt32, size: UInt64) in
                self.result { () throws(Errno) in
                    try self.fileStatusSetSize(fd: fd, size: size)
                }
            }
        case "fd_filestat_set_times":
            Function(store) { (_: Caller, fd: UInt32, access: UInt64, modification: UInt64, flags: UInt32) in
                self.result { () throws(Errno) in
                    try self.fileStatusSetTimes(fd: fd, access: access, modification: modification, flags: flags)
                }
            }
        case "fd_pread":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, offset: UInt64, result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.readAt(memory, fd: fd, vectors: vectors, count: count, offset: offset, result: result)
                }
            }
        case "fd_prestat_get":
            Function(store) { (caller: Caller, fd: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.preopenStatusGet(memory, fd: fd, result: result)
                }
            }
        case "fd_prestat_dir_name":
            Function(store) { (caller: Caller, fd: UInt32, buffer: UInt32, length: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.preopenDirectoryName(memory, fd: fd, buffer: buffer, length: length)
                }
            }
        case "fd_pwrite":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, offset: UInt64, result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.writeAt(memory, fd: fd, vectors: vectors, count: count, offset: offset, result: result)
                }
            }
        case "fd_read":
            Function(store) { (caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.read(memory, fd: fd, vectors: vectors, count: count, result: result)
                }
            }
        case "fd_readdir":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, buffer: UInt32, length: UInt32, cookie: UInt64, result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.readDirectory(
                        memory, fd: fd, buffer: buffer, length: length, cookie: cookie, result: result
                    )
                }
            }
        case "fd_renumber":
            Function(store) { (_: Caller, fd: UInt32, to: UInt32) in
                self.result { () throws(Errno) in
                    try self.renumber(fd: fd, to: to)
                }
            }
        case "fd_seek":
            Function(store) { (caller: Caller, fd: UInt32, offset: Int64, whence: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.seek(memory, fd: fd, offset: offset, whence: whence, result: result)
                }
            }
        case "fd_sync":
            Function(store) { (_: Caller, fd: UInt32) in
                self.result { () throws(Errno) in
                    try self.synchronize(fd: fd)
                }
            }
        case "fd_tell":
            Function(store) { (caller: Caller, fd: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.tell(memory, fd: fd, result: result)
                }
            }
        case "fd_write":
            Function(store) { (caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.write(memory, fd: fd, vectors: vectors, count: count, result: result)
                }
            }
        default: nil
        }
    }

    private func pathFunction(_ name: String, _ store: Store) -> Function? {
        switch name {
        case "path_create_directory":
            Function(store) { (caller: Caller, fd: UInt32, path: UInt32, length: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.createDirectory(memory, fd: fd, path: path, length: length)
                }
            }
        case "path_filestat_get":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.pathStatusGet(memory, fd: fd, lookup: lookup, path: path, length: length, result: result)
                }
            }
        case "path_filestat_set_times":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, access: UInt64,
                    modification: UInt64, flags: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.pathStatusSetTimes(
                        memory, fd: fd, lookup: lookup, path: path, length: length, access: access,
                        modification: modification, flags: flags
                    )
                }
            }
        case "path_link":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, newFD: UInt32,
                    newPath: UInt32, newLength: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.link(
                        memory, fd: fd, lookup: lookup, path: path, length: length, newFD: newFD, newPath: newPath,
                        newLength: newLength
                    )
                }
            }
        case "path_open":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, openFlags: UInt32,
                    base: UInt64, inheriting: UInt64, flags: UInt32, result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.open(
                        memory, fd: fd, lookup: lookup, path: path, length: length, openFlags: openFlags, base: base,
                        inheriting: inheriting, flags: flags, result: result
                    )
                }
            }
        case "path_readlink":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, path: UInt32, length: UInt32, buffer: UInt32, bufferLength: UInt32,
                    result: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.readLink(
                        memory, fd: fd, path: path, length: length, buffer: buffer, bufferLength: bufferLength,
                        result: result
                    )
                }
            }
        case "path_remove_directory":
            Function(store) { (caller: Caller, fd: UInt32, path: UInt32, length: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.removeDirectory(memory, fd: fd, path: path, length: length)
                }
            }
        case "path_rename":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, path: UInt32, length: UInt32, newFD: UInt32, newPath: UInt32,
                    newLength: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.rename(
                        memory, fd: fd, path: path, length: length, newFD: newFD, newPath: newPath, newLength: newLength
                    )
                }
            }
        case "path_symlink":
            Function(store) {
                (
                    caller: Caller, contents: UInt32, contentsLength: UInt32, fd: UInt32, path: UInt32, length: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.symlink(
                        memory, contents: contents, contentsLength: contentsLength, fd: fd, path: path, length: length
                    )
                }
            }
        case "path_unlink_file":
            Function(store) { (caller: Caller, fd: UInt32, path: UInt32, length: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.unlinkFile(memory, fd: fd, path: path, length: length)
                }
            }
        default: nil
        }
    }

    private func socketFunction(_ name: String, _ store: Store) -> Function? {
        switch name {
        case "sock_accept":
            Function(store) { (caller: Caller, fd: UInt32, flags: UInt32, result: UInt32) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.socketAccept(memory, fd: fd, flags: flags, result: result)
                }
            }
        case "sock_recv":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, flags: UInt32, length: UInt32,
                    resultFlags: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.socketReceive(
                        memory, fd: fd, vectors: vectors, count: count, flags: flags, length: length,
                        resultFlags: resultFlags
                    )
                }
            }
        case "sock_send":
            Function(store) {
                (
                    caller: Caller, fd: UInt32, vectors: UInt32, count: UInt32, flags: UInt32, length: UInt32
                ) in
                self.result(caller) { (memory) throws(Errno) in
                    try self.socketSend(memory, fd: fd, vectors: vectors, count: count, flags: flags, length: length)
                }
            }
        case "sock_shutdown":
            Function(store) { (_: Caller, fd: UInt32, how: UInt32) in
                self.result { () throws(Errno) in
                    try self.socketShutDown(fd: fd, how: how)
                }
            }
        default: nil
        }
    }
}
