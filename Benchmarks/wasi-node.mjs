// node wasi-node.mjs [--dir HOST::GUEST] FILE [ARG...]: runs a WASI command in V8, as the peers' `run` commands do.
// It has a small WASI of its own, as much as the benchmarks call: node:wasi of Node 20 crashes when the garbage
// collector runs during a call out of a module whose memory has grown.
import * as fs from "node:fs";
import { join } from "node:path";

const BADF = 8, EXIST = 20, INVAL = 28, ISDIR = 31, NOENT = 44, NOSYS = 52, PERM = 63;
const codes = { ENOENT: NOENT, EEXIST: EXIST, EISDIR: ISDIR, EBADF: BADF, EACCES: PERM };

const [, , ...rest] = process.argv;
const files = [0, 1, 2].map((descriptor) => ({ descriptor, position: null })); // null: not seekable
while (rest[0] === "--dir") {
    const [host, guest] = rest[1].split("::");
    files.push({ host, guest: guest ?? host });
    rest.splice(0, 2);
}

let memory;
const view = () => new DataView(memory.buffer);
const bytes = (address, count) => new Uint8Array(memory.buffer, address, count);
const attempt = (action) => {
    try {
        return action() ?? 0;
    } catch (error) {
        if (error instanceof Exit || !error.code) throw error;
        return codes[error.code] ?? INVAL;
    }
};
class Exit extends Error {
    constructor(code) {
        super();
        this.exit = code;
    }
}

// Strings in memory as argv and environ want them.
const strings = (list) => list.map((text) => Buffer.from(text + "\0"));
const putStrings = (list, pointers, buffer) => {
    for (const text of strings(list)) {
        view().setUint32(pointers, buffer, true);
        bytes(buffer, text.length).set(text);
        pointers += 4;
        buffer += text.length;
    }
    return 0;
};
const putSizes = (list, count, size) => {
    view().setUint32(count, list.length, true);
    view().setUint32(size, Buffer.concat(strings(list)).length, true);
    return 0;
};

// Moves data between a file and the buffers of an iovec array, from `offset` or the file's own position.
const transfer = (operation, fd, vectors, count, result, offset) =>
    attempt(() => {
        const file = files[fd];
        if (file?.descriptor === undefined) return BADF;
        let total = 0;
        let position = offset ?? file.position;
        for (let i = 0; i < count; i++) {
            const address = view().getUint32(vectors + 8 * i, true);
            const length = view().getUint32(vectors + 8 * i + 4, true);
            if (length === 0) continue;
            const moved = operation(file.descriptor, bytes(address, length), 0, length, position);
            total += moved;
            if (position !== null) position += moved;
            if (moved < length) break;
        }
        if (offset === undefined && position !== null) file.position = position;
        view().setUint32(result, total, true);
    });

const kind = (status) => (status.isDirectory() ? 3 : status.isFile() ? 4 : 2);
const putStatus = (status, address) => {
    const data = view();
    data.setBigUint64(address, BigInt(status.dev), true);
    data.setBigUint64(address + 8, BigInt(status.ino), true);
    data.setUint32(address + 16, kind(status), true);
    data.setUint32(address + 20, 0, true);
    data.setBigUint64(address + 24, BigInt(status.nlink), true);
    data.setBigUint64(address + 32, BigInt(status.size), true);
    for (const [i, time] of [status.atimeMs, status.mtimeMs, status.ctimeMs].entries())
        data.setBigUint64(address + 40 + 8 * i, BigInt(Math.round(time * 1e6)), true);
};
const path = (fd, address, length) => join(files[fd].host, Buffer.from(bytes(address, length)).toString());

const functions = {
    args_sizes_get: (count, size) => putSizes(rest, count, size),
    args_get: (pointers, buffer) => putStrings(rest, pointers, buffer),
    environ_sizes_get: (count, size) => putSizes([], count, size),
    environ_get: () => 0,
    clock_res_get: (clock, result) => (view().setBigUint64(result, 1n, true), 0),
    clock_time_get: (clock, precision, result) => {
        const now = clock === 0 ? BigInt(Date.now()) * 1000000n : process.hrtime.bigint();
        view().setBigUint64(result, now, true);
        return 0;
    },
    random_get: (address, count) => (crypto.getRandomValues(bytes(address, count)), 0),
    proc_exit: (code) => {
        throw new Exit(code);
    },
    fd_write: (fd, vectors, count, result) => transfer(fs.writeSync, fd, vectors, count, result),
    fd_read: (fd, vectors, count, result) => transfer(fs.readSync, fd, vectors, count, result),
    fd_pwrite: (fd, vectors, count, offset, result) => transfer(fs.writeSync, fd, vectors, count, result, Number(offset)),
    fd_pread: (fd, vectors, count, offset, result) => transfer(fs.readSync, fd, vectors, count, result, Number(offset)),
    fd_seek: (fd, offset, whence, result) =>
        attempt(() => {
            const file = files[fd];
            if (file?.position == null) return 70; // a pipe
            const base = whence === 0 ? 0 : whence === 1 ? file.position : fs.fstatSync(file.descriptor).size;
            file.position = base + Number(offset);
            view().setBigUint64(result, BigInt(file.position), true);
        }),
    fd_close: (fd) =>
        attempt(() => {
            if (!files[fd]) return BADF;
            if (files[fd].descriptor > 2) fs.closeSync(files[fd].descriptor);
            files[fd] = undefined;
        }),
    fd_sync: () => 0,
    fd_fdstat_get: (fd, result) =>
        attempt(() => {
            if (!files[fd]) return BADF;
            const type = files[fd].host !== undefined ? 3 : kind(fs.fstatSync(files[fd].descriptor));
            bytes(result, 24).fill(0);
            view().setUint8(result, type);
            view().setBigUint64(result + 8, 0xfffffffn, true);
            view().setBigUint64(result + 16, 0xfffffffn, true);
        }),
    fd_fdstat_set_flags: () => 0,
    fd_filestat_get: (fd, result) =>
        attempt(() => (files[fd]?.descriptor === undefined ? BADF : putStatus(fs.fstatSync(files[fd].descriptor), result))),
    fd_filestat_set_size: (fd, size) => attempt(() => fs.ftruncateSync(files[fd].descriptor, Number(size))),
    fd_prestat_get: (fd, result) => {
        if (files[fd]?.host === undefined) return BADF;
        view().setUint32(result, 0, true);
        view().setUint32(result + 4, Buffer.byteLength(files[fd].guest), true);
        return 0;
    },
    fd_prestat_dir_name: (fd, address, count) => (bytes(address, count).set(Buffer.from(files[fd].guest)), 0),
    path_open: (fd, lookup, address, length, open, rights, inheriting, flags, result) =>
        attempt(() => {
            const writes = (rights & 0x40n) !== 0n;
            let mode = writes ? fs.constants.O_RDWR : fs.constants.O_RDONLY;
            if (open & 1) mode |= fs.constants.O_CREAT;
            if (open & 4) mode |= fs.constants.O_EXCL;
            if (open & 8) mode |= fs.constants.O_TRUNC;
            const descriptor = fs.openSync(path(fd, address, length), mode, 0o644);
            files.push({ descriptor, position: 0 });
            view().setUint32(result, files.length - 1, true);
        }),
    path_filestat_get: (fd, flags, address, length, result) =>
        attempt(() => putStatus(fs.statSync(path(fd, address, length)), result)),
    path_unlink_file: (fd, address, length) => attempt(() => fs.unlinkSync(path(fd, address, length))),
};

const module = new WebAssembly.Module(fs.readFileSync(rest[0]));
const imports = {};
for (const { module: name, name: field } of WebAssembly.Module.imports(module))
    (imports[name] ??= {})[field] = functions[field] ?? (() => NOSYS);
const instance = new WebAssembly.Instance(module, imports);
memory = instance.exports.memory;
try {
    instance.exports._start();
} catch (error) {
    if (!(error instanceof Exit)) throw error;
    process.exitCode = error.exit;
}
