;; main of crc32.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 1123504))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i64 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 160
    local.set 3
    block
      local.get 0
      i32.const 2
      i32.lt_s
      br_if 0
      local.get 1
      i32.load offset=4
      call $atoi
      local.set 3
    end
    i32.const 0
    i64.load offset=3440
    local.set 4
    i32.const -1048576
    local.set 0
    loop
      local.get 0
      i32.const 1052272
      i32.add
      local.get 4
      i64.const 12
      i64.shr_u
      local.get 4
      i64.xor
      local.tee 4
      i64.const 25
      i64.shl
      local.get 4
      i64.xor
      local.tee 4
      i64.const 27
      i64.shr_u
      local.get 4
      i64.xor
      local.tee 4
      i64.const 796704537621
      i64.mul
      i64.const 32
      i64.shr_u
      i64.store8
      local.get 0
      i32.const 1052273
      i32.add
      local.get 4
      i64.const 12
      i64.shr_u
      local.get 4
      i64.xor
      local.tee 4
      i64.const 25
      i64.shl
      local.get 4
      i64.xor
      local.tee 4
      i64.const 27
      i64.shr_u
      local.get 4
      i64.xor
      local.tee 4
      i64.const 796704537621
      i64.mul
      i64.const 32
      i64.shr_u
      i64.store8
      local.get 0
      i32.const 2
      i32.add
      local.tee 0
      br_if 0
    end
    i32.const 0
    local.get 4
    i64.store offset=3440
    i32.const 1052272
    local.set 1
    i32.const 0
    local.set 0
    loop
      local.get 1
      local.get 0
      i32.const 30
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const -306674912
      i32.and
      i32.const 0
      local.get 0
      i32.const 1
      i32.and
      i32.sub
      i32.const -306674912
      i32.and
      local.get 0
      i32.const 1
      i32.shr_u
      i32.xor
      local.tee 5
      i32.const 1
      i32.shr_u
      i32.xor
      local.tee 6
      i32.const 26
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const -306674912
      i32.and
      local.get 5
      i32.const 26
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const 1994146192
      i32.and
      local.get 0
      i32.const 26
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const 997073096
      i32.and
      local.get 0
      i32.const 27
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const 498536548
      i32.and
      local.get 0
      i32.const 28
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const 249268274
      i32.and
      local.get 0
      i32.const 29
      i32.shl
      i32.const 31
      i32.shr_s
      i32.const 124634137
      i32.and
      local.get 6
      i32.const 6
      i32.shr_u
      i32.xor
      i32.xor
      i32.xor
      i32.xor
      i32.xor
      i32.xor
      i32.store
      local.get 1
      i32.const 4
      i32.add
      local.set 1
      local.get 0
      i32.const 1
      i32.add
      local.tee 0
      i32.const 256
      i32.ne
      br_if 0
    end
    i32.const -1024
    local.set 0
    loop
      local.get 0
      i32.const 1054320
      i32.add
      local.get 0
      i32.const 1053296
      i32.add
      i32.load
      local.tee 1
      i32.const 8
      i32.shr_u
      local.get 1
      i32.const 255
      i32.and
      i32.const 2
      i32.shl
      i32.load offset=1052272
      i32.xor
      local.tee 1
      i32.store
      local.get 0
      i32.const 1055344
      i32.add
      local.get 1
      i32.const 8
      i32.shr_u
      local.get 1
      i32.const 255
      i32.and
      i32.const 2
      i32.shl
      i32.load offset=1052272
      i32.xor
      local.tee 1
      i32.store
      local.get 0
      i32.const 1056368
      i32.add
      local.get 1
      i32.const 8
      i32.shr_u
      local.get 1
      i32.const 255
      i32.and
      i32.const 2
      i32.shl
      i32.load offset=1052272
      i32.xor
      i32.store
      local.get 0
      i32.const 4
      i32.add
      local.tee 0
      br_if 0
    end
    i32.const 0
    local.set 7
    i32.const 0
    local.set 1
    i32.const 0
    local.set 0
    block
      local.get 3
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 0
      local.set 8
      i32.const -1
      local.set 6
      i32.const -1
      local.set 5
      i32.const 0
      local.set 7
      loop
        block
          local.get 8
          i32.const 7
          i32.and
          br_if 0
          local.get 7
          i32.const -1
          i32.xor
          local.set 0
          i32.const -1048576
          local.set 1
          loop
            local.get 0
            local.get 1
            i32.const 1052272
            i32.add
            i32.load8_u
            i32.xor
            local.tee 0
            i32.const 28
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const 249268274
            i32.and
            local.get 0
            i32.const 29
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const 124634137
            i32.and
            i32.xor
            local.get 0
            i32.const 27
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const 498536548
            i32.and
            i32.xor
            local.get 0
            i32.const 26
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const 997073096
            i32.and
            i32.xor
            i32.const 0
            local.get 0
            i32.const 1
            i32.and
            i32.sub
            i32.const -306674912
            i32.and
            local.get 0
            i32.const 1
            i32.shr_u
            i32.xor
            local.tee 9
            i32.const 1
            i32.shr_u
            local.get 0
            i32.const 30
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const -306674912
            i32.and
            i32.xor
            local.tee 0
            i32.const 6
            i32.shr_u
            i32.xor
            local.get 9
            i32.const 26
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const 1994146192
            i32.and
            i32.xor
            local.get 0
            i32.const 26
            i32.shl
            i32.const 31
            i32.shr_s
            i32.const -306674912
            i32.and
            i32.xor
            local.set 0
            local.get 1
            i32.const 1
            i32.add
            local.tee 1
            br_if 0
          end
          local.get 0
          i32.const -1
          i32.xor
          local.set 7
        end
        i32.const -1048576
        local.set 0
        loop
          local.get 0
          i32.const 1052273
          i32.add
          i32.load8_u
          local.get 0
          i32.const 1052272
          i32.add
          i32.load8_u
          local.get 5
          i32.xor
          i32.const 255
          i32.and
          i32.const 2
          i32.shl
          i32.load offset=1052272
          local.get 5
          i32.const 8
          i32.shr_u
          i32.xor
          local.tee 1
          i32.xor
          i32.const 255
          i32.and
          i32.const 2
          i32.shl
          i32.load offset=1052272
          local.get 1
          i32.const 8
          i32.shr_u
          i32.xor
          local.set 5
          local.get 0
          i32.const 2
          i32.add
          local.tee 0
          br_if 0
        end
        i32.const 3696
        local.set 1
        i32.const 1048580
        local.set 9
        loop
          local.get 1
          i32.load align=1
          local.get 6
          i32.xor
          local.tee 0
          i32.const 6
          i32.shr_u
          i32.const 1020
          i32.and
          i32.load offset=1054320
          local.get 0
          i32.const 255
          i32.and
          i32.const 2
          i32.shl
          i32.load offset=1055344
          i32.xor
          local.get 0
          i32.const 14
          i32.shr_u
          i32.const 1020
          i32.and
          i32.load offset=1053296
          i32.xor
          local.get 0
          i32.const 22
          i32.shr_u
          i32.const 1020
          i32.and
          i32.load offset=1052272
          i32.xor
          local.set 6
          local.get 1
          i32.const 4
          i32.add
          local.set 1
          local.get 9
          i32.const -4
          i32.add
          local.tee 9
          i32.const 7
          i32.gt_u
          br_if 0
        end
        local.get 8
        local.get 8
        i32.load8_u offset=3696
        local.get 6
        i32.const -1
        i32.xor
        local.tee 0
        i32.xor
        i32.store8 offset=3696
        local.get 8
        i32.const 1
        i32.add
        local.tee 8
        local.get 3
        i32.ne
        br_if 0
      end
      local.get 5
      i32.const -1
      i32.xor
      local.set 1
    end
    local.get 2
    local.get 7
    i32.store
    local.get 2
    local.get 1
    i32.store offset=4
    local.get 2
    local.get 0
    i32.store offset=8
    local.get 2
    i32.const 1057
    i32.const 1067
    local.get 1
    local.get 0
    i32.eq
    select
    i32.store offset=12
    i32.const 1094
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    i32.const 0))
