;; main of sieve.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "calloc" (func $calloc (type 0)))
  (import "c" "malloc" (func $malloc (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70784))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i64 i64 i64)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 300000000
    local.set 3
    block
      local.get 0
      i32.const 2
      i32.lt_s
      br_if 0
      local.get 1
      i32.load offset=4
      call $atoi
      i32.const 1000000
      i32.mul
      local.set 3
    end
    local.get 3
    i32.const 6
    i32.shr_u
    i32.const 1
    i32.add
    i32.const 4
    call $calloc
    local.set 4
    i32.const 1
    local.set 5
    block
      local.get 3
      i32.eqz
      br_if 0
      local.get 3
      i32.const 1
      i32.shr_u
      local.set 6
      i32.const 1
      local.set 5
      i32.const 1
      local.set 7
      loop
        block
          local.get 4
          local.get 7
          i32.const 3
          i32.shr_u
          i32.const 536870908
          i32.and
          i32.add
          i32.load
          local.get 7
          i32.shr_u
          i32.const 1
          i32.and
          br_if 0
          local.get 5
          i32.const 1
          i32.add
          local.set 5
          local.get 7
          i32.const 32767
          i32.gt_u
          br_if 0
          local.get 7
          i32.const 1
          i32.shl
          i32.const 1
          i32.or
          local.tee 8
          local.get 8
          i32.mul
          i32.const 1
          i32.shr_u
          local.tee 0
          local.get 6
          i32.ge_u
          br_if 0
          loop
            local.get 4
            local.get 0
            i32.const 3
            i32.shr_u
            i32.const 536870908
            i32.and
            i32.add
            local.tee 1
            local.get 1
            i32.load
            i32.const 1
            local.get 0
            i32.shl
            i32.or
            i32.store
            local.get 0
            local.get 8
            i32.add
            local.tee 0
            local.get 6
            i32.lt_u
            br_if 0
          end
        end
        local.get 7
        i32.const 1
        i32.add
        local.tee 7
        local.get 6
        i32.ne
        br_if 0
      end
    end
    local.get 3
    i32.const 3
    i32.shr_u
    local.tee 0
    call $malloc
    local.set 8
    block
      local.get 0
      i32.eqz
      br_if 0
      local.get 8
      i32.const 1
      local.get 0
      memory.fill
    end
    i32.const 0
    local.set 4
    block
      local.get 3
      i32.eqz
      br_if 0
      local.get 8
      i32.const 4
      i32.add
      local.set 6
      local.get 0
      i64.extend_i32_u
      local.set 9
      i64.const 2
      local.set 10
      i32.const 5
      local.set 7
      i32.const 2
      local.set 1
      i32.const 0
      local.set 4
      loop
        block
          local.get 8
          local.get 10
          i32.wrap_i64
          i32.add
          i32.load8_u
          i32.eqz
          br_if 0
          local.get 4
          i32.const 1
          i32.add
          local.set 4
          local.get 10
          local.get 10
          i64.mul
          local.tee 11
          local.get 9
          i64.ge_u
          br_if 0
          local.get 6
          local.set 0
          loop
            local.get 0
            i32.const 0
            i32.store8
            local.get 0
            local.get 1
            i32.add
            local.set 0
            local.get 11
            local.get 10
            i64.add
            local.tee 11
            local.get 9
            i64.lt_u
            br_if 0
          end
        end
        local.get 1
        i32.const 1
        i32.add
        local.set 1
        local.get 6
        local.get 7
        i32.add
        local.set 6
        local.get 7
        i32.const 2
        i32.add
        local.set 7
        local.get 10
        i64.const 1
        i64.add
        local.tee 10
        local.get 9
        i64.ne
        br_if 0
      end
    end
    local.get 2
    local.get 4
    i32.store offset=4
    local.get 2
    local.get 5
    i32.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    i32.const 0))
