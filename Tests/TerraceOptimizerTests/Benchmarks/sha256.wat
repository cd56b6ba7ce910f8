;; block of sha256.c
(module
  (type (func (param i32 i32)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 1119680))
  (func $block (export "block") (type 0) (param i32 i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 256
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 0
    local.set 3
    loop
      local.get 2
      local.get 3
      i32.add
      local.get 1
      local.get 3
      i32.add
      i32.load align=1
      local.tee 4
      i32.const 24
      i32.shl
      local.get 4
      i32.const 65280
      i32.and
      i32.const 8
      i32.shl
      i32.or
      local.get 4
      i32.const 8
      i32.shr_u
      i32.const 65280
      i32.and
      local.get 4
      i32.const 24
      i32.shr_u
      i32.or
      i32.or
      i32.store
      local.get 3
      i32.const 4
      i32.add
      local.tee 3
      i32.const 64
      i32.ne
      br_if 0
    end
    i32.const 0
    local.set 1
    local.get 2
    i32.load
    local.set 5
    loop
      local.get 2
      local.get 1
      i32.add
      local.tee 3
      i32.const 64
      i32.add
      local.get 3
      i32.const 4
      i32.add
      i32.load
      local.tee 4
      i32.const 25
      i32.rotl
      local.get 4
      i32.const 14
      i32.rotl
      i32.xor
      local.get 4
      i32.const 3
      i32.shr_u
      i32.xor
      local.get 5
      i32.add
      local.get 3
      i32.const 36
      i32.add
      i32.load
      i32.add
      local.get 3
      i32.const 56
      i32.add
      i32.load
      local.tee 3
      i32.const 15
      i32.rotl
      local.get 3
      i32.const 13
      i32.rotl
      i32.xor
      local.get 3
      i32.const 10
      i32.shr_u
      i32.xor
      i32.add
      i32.store
      local.get 4
      local.set 5
      local.get 1
      i32.const 4
      i32.add
      local.tee 1
      i32.const 192
      i32.ne
      br_if 0
    end
    i32.const 0
    local.set 1
    local.get 0
    i32.load offset=28
    local.tee 6
    local.set 7
    local.get 0
    i32.load offset=24
    local.tee 8
    local.set 9
    local.get 0
    i32.load offset=20
    local.tee 10
    local.set 11
    local.get 0
    i32.load offset=16
    local.tee 12
    local.set 13
    local.get 0
    i32.load offset=12
    local.tee 14
    local.set 15
    local.get 0
    i32.load offset=8
    local.tee 16
    local.set 17
    local.get 0
    i32.load offset=4
    local.tee 18
    local.set 19
    local.get 0
    i32.load
    local.tee 20
    local.set 21
    loop
      local.get 17
      local.tee 5
      local.get 19
      local.tee 22
      i32.xor
      local.get 21
      local.tee 3
      i32.and
      local.get 5
      local.get 22
      i32.and
      i32.xor
      local.get 3
      i32.const 30
      i32.rotl
      local.get 3
      i32.const 19
      i32.rotl
      i32.xor
      local.get 3
      i32.const 10
      i32.rotl
      i32.xor
      i32.add
      local.get 7
      local.get 13
      local.tee 4
      i32.const 26
      i32.rotl
      local.get 4
      i32.const 21
      i32.rotl
      i32.xor
      local.get 4
      i32.const 7
      i32.rotl
      i32.xor
      i32.add
      local.get 11
      local.tee 23
      local.get 9
      local.tee 24
      i32.xor
      local.get 4
      i32.and
      local.get 24
      i32.xor
      i32.add
      local.get 1
      i32.const 1052288
      i32.add
      i32.load
      i32.add
      local.get 2
      local.get 1
      i32.add
      i32.load
      i32.add
      local.tee 13
      i32.add
      local.set 21
      local.get 13
      local.get 15
      i32.add
      local.set 13
      local.get 24
      local.set 7
      local.get 23
      local.set 9
      local.get 4
      local.set 11
      local.get 5
      local.set 15
      local.get 22
      local.set 17
      local.get 3
      local.set 19
      local.get 1
      i32.const 4
      i32.add
      local.tee 1
      i32.const 256
      i32.ne
      br_if 0
    end
    local.get 0
    local.get 24
    local.get 6
    i32.add
    i32.store offset=28
    local.get 0
    local.get 23
    local.get 8
    i32.add
    i32.store offset=24
    local.get 0
    local.get 4
    local.get 10
    i32.add
    i32.store offset=20
    local.get 0
    local.get 13
    local.get 12
    i32.add
    i32.store offset=16
    local.get 0
    local.get 5
    local.get 14
    i32.add
    i32.store offset=12
    local.get 0
    local.get 22
    local.get 16
    i32.add
    i32.store offset=8
    local.get 0
    local.get 3
    local.get 18
    i32.add
    i32.store offset=4
    local.get 0
    local.get 21
    local.get 20
    i32.add
    i32.store
    local.get 2
    i32.const 256
    i32.add
    global.set $__stack_pointer))
