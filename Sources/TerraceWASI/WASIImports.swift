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

    /// A host function of a method that looks at the calling guest's memory. The guest gets the error's number, or 0.
    @inline(__always)
    private func function<each P: WasmValue>(
        _ store: Store, _ body: @escaping (GuestMemory, repeat each P) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, parameters: repeat each P) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), repeat each parameters) }
        }
    }

    /// A host function of a method that needs no memory.
    @inline(__always)
    private func function<each P: WasmValue>(
        _ store: Store, _ body: @escaping (repeat each P) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (_: Caller, parameters: repeat each P) -> UInt32 in
            Self.code { () throws(Errno) in try body(repeat each parameters) }
        }
    }

    // The same for the types of what programs call all the time: 5 to 25 ns a call less than with a parameter pack.

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b) }
        }
    }

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, UInt32, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: UInt32, c: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b, c) }
        }
    }

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, UInt64, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: UInt64, c: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b, c) }
        }
    }

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, UInt32, UInt32, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: UInt32, c: UInt32, d: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b, c, d) }
        }
    }

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, Int64, UInt32, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: Int64, c: UInt32, d: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b, c, d) }
        }
    }

    private func function(
        _ store: Store, _ body: @escaping (GuestMemory, UInt32, UInt32, UInt32, UInt64, UInt32) throws(Errno) -> Void
    ) -> Function {
        Function(store) { (caller: Caller, a: UInt32, b: UInt32, c: UInt32, d: UInt64, e: UInt32) -> UInt32 in
            Self.code { () throws(Errno) in try body(GuestMemory(of: caller), a, b, c, d, e) }
        }
    }

    private func function(_ store: Store, _ body: @escaping (UInt32) throws(Errno) -> Void) -> Function {
        Function(store) { (_: Caller, a: UInt32) -> UInt32 in Self.code { () throws(Errno) in try body(a) } }
    }

    @inline(__always)
    private static func code(_ body: () throws(Errno) -> Void) -> UInt32 {
        do throws(Errno) {
            try body()
            return 0
        } catch {
            return UInt32(error.rawValue)
        }
    }

    /// The function of this name. A method's parameters, which follow the specification's names and order, are the
    /// function's type; each module asks for a few of these, so they are made one by one.
    func function(_ name: String, _ store: Store) -> Function? {
        switch name {
        case "args_get": function(store, argumentsGet)
        case "args_sizes_get": function(store, argumentsSizesGet)
        case "clock_res_get": function(store, clockResolutionGet)
        case "clock_time_get": function(store, clockTimeGet)
        case "environ_get": function(store, environmentGet)
        case "environ_sizes_get": function(store, environmentSizesGet)
        case "fd_advise": function(store, advise)
        case "fd_allocate": function(store, allocate)
        case "fd_close": function(store, closeDescriptor)
        case "fd_datasync": function(store, synchronizeData)
        case "fd_fdstat_get": function(store, descriptorStatusGet)
        case "fd_fdstat_set_flags": function(store, descriptorStatusSetFlags)
        case "fd_fdstat_set_rights": function(store, descriptorStatusSetRights)
        case "fd_filestat_get": function(store, fileStatusGet)
        case "fd_filestat_set_size": function(store, fileStatusSetSize)
        case "fd_filestat_set_times": function(store, fileStatusSetTimes)
        case "fd_pread": function(store, readAt)
        case "fd_prestat_dir_name": function(store, preopenDirectoryName)
        case "fd_prestat_get": function(store, preopenStatusGet)
        case "fd_pwrite": function(store, writeAt)
        case "fd_read": function(store, read)
        case "fd_readdir": function(store, readDirectory)
        case "fd_renumber": function(store, renumber)
        case "fd_seek": function(store, seek)
        case "fd_sync": function(store, synchronize)
        case "fd_tell": function(store, tell)
        case "fd_write": function(store, write)
        case "path_create_directory": function(store, createDirectory)
        case "path_filestat_get": function(store, pathStatusGet)
        case "path_filestat_set_times": function(store, pathStatusSetTimes)
        case "path_link": function(store, link)
        case "path_open": function(store, open)
        case "path_readlink": function(store, readLink)
        case "path_remove_directory": function(store, removeDirectory)
        case "path_rename": function(store, rename)
        case "path_symlink": function(store, symlink)
        case "path_unlink_file": function(store, unlinkFile)
        case "poll_oneoff": function(store, pollOneOff)
        case "random_get": function(store, randomGet)
        case "sock_accept": function(store, socketAccept)
        case "sock_recv": function(store, socketReceive)
        case "sock_send": function(store, socketSend)
        case "sock_shutdown": function(store, socketShutDown)
        case "proc_exit": Function(store) { (_: Caller, code: UInt32) throws in throw ProcessExit(code: code) }
        case "proc_raise":
            Function(store) { (_: Caller, signal: UInt32) throws -> UInt32 in
                do {
                    try self.raise(signal)
                    return 0
                } catch let error as Errno {
                    return UInt32(error.rawValue)
                }
            }
        case "sched_yield": function(store, yield)
        default: nil
        }
    }
}

extension GuestMemory {
    /// The calling guest's memory; an empty one if it exports none.
    @inline(__always)
    fileprivate init(of caller: Caller) {
        self.init(caller.memoryBytes() ?? UnsafeMutableRawBufferPointer(start: nil, count: 0))
    }
}
