;; main of fannkuch.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70784))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 208
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    block
      block
        block
          local.get 0
          i32.const 1
          i32.gt_s
          br_if 0
          i32.const 11
          local.set 3
          br 1
        end
        local.get 1
        i32.load offset=4
        call $atoi
        local.tee 3
        i32.const 1
        i32.lt_s
        br_if 1
      end
      local.get 3
      i32.const 7
      i32.and
      local.set 4
      i32.const 0
      local.set 0
      block
        local.get 3
        i32.const 8
        i32.lt_u
        br_if 0
        local.get 3
        i32.const 2147483640
        i32.and
        local.set 5
        i32.const 0
        local.set 0
        local.get 2
        i32.const 144
        i32.add
        local.set 1
        loop
          local.get 1
          local.get 0
          i32.store
          local.get 1
          i32.const 28
          i32.add
          local.get 0
          i32.const 7
          i32.add
          i32.store
          local.get 1
          i32.const 24
          i32.add
          local.get 0
          i32.const 6
          i32.add
          i32.store
          local.get 1
          i32.const 20
          i32.add
          local.get 0
          i32.const 5
          i32.add
          i32.store
          local.get 1
          i32.const 16
          i32.add
          local.get 0
          i32.const 4
          i32.add
          i32.store
          local.get 1
          i32.const 12
          i32.add
          local.get 0
          i32.const 3
          i32.add
          i32.store
          local.get 1
          i32.const 8
          i32.add
          local.get 0
          i32.const 2
          i32.add
          i32.store
          local.get 1
          i32.const 4
          i32.add
          local.get 0
          i32.const 1
          i32.add
          i32.store
          local.get 1
          i32.const 32
          i32.add
          local.set 1
          local.get 0
          i32.const 8
          i32.add
          local.tee 0
          local.get 5
          i32.ne
          br_if 0
        end
      end
      local.get 4
      i32.eqz
      br_if 0
      local.get 2
      i32.const 144
      i32.add
      local.get 0
      i32.const 2
      i32.shl
      i32.add
      local.set 1
      loop
        local.get 1
        local.get 0
        i32.store
        local.get 1
        i32.const 4
        i32.add
        local.set 1
        local.get 0
        i32.const 1
        i32.add
        local.set 0
        local.get 4
        i32.const -1
        i32.add
        local.tee 4
        br_if 0
      end
    end
    local.get 2
    i32.const 80
    i32.add
    i32.const 4
    i32.or
    local.set 6
    local.get 2
    i32.const 80
    i32.add
    i32.const -4
    i32.add
    local.set 7
    local.get 2
    i32.const 16
    i32.add
    i32.const -32
    i32.add
    local.set 8
    local.get 2
    i32.const 16
    i32.add
    i32.const -4
    i32.add
    local.set 9
    local.get 2
    i32.const 144
    i32.add
    i32.const 4
    i32.or
    local.set 10
    i32.const 1
    local.set 11
    local.get 3
    local.set 1
    i32.const 0
    local.set 12
    i32.const 0
    local.set 13
    loop
      block
        local.get 1
        i32.const 1
        i32.eq
        br_if 0
        local.get 1
        local.set 0
        block
          local.get 1
          i32.const 7
          i32.and
          i32.const 1
          i32.eq
          br_if 0
          local.get 1
          i32.const -1
          i32.add
          i32.const 7
          i32.and
          local.set 5
          local.get 9
          local.get 1
          i32.const 2
          i32.shl
          i32.add
          local.set 4
          local.get 1
          local.set 0
          loop
            local.get 4
            local.get 0
            i32.store
            local.get 4
            i32.const -4
            i32.add
            local.set 4
            local.get 0
            i32.const -1
            i32.add
            local.set 0
            local.get 5
            i32.const -1
            i32.add
            local.tee 5
            br_if 0
          end
        end
        local.get 1
        i32.const -2
        i32.add
        i32.const 7
        i32.lt_u
        br_if 0
        local.get 8
        local.get 0
        i32.const 2
        i32.shl
        i32.add
        local.set 1
        loop
          local.get 1
          i32.const 24
          i32.add
          local.get 0
          i32.const -1
          i32.add
          i32.store
          local.get 1
          i32.const 28
          i32.add
          local.get 0
          i32.store
          local.get 1
          i32.const 20
          i32.add
          local.get 0
          i32.const -2
          i32.add
          i32.store
          local.get 1
          i32.const 16
          i32.add
          local.get 0
          i32.const -3
          i32.add
          i32.store
          local.get 1
          i32.const 12
          i32.add
          local.get 0
          i32.const -4
          i32.add
          i32.store
          local.get 1
          i32.const 8
          i32.add
          local.get 0
          i32.const -5
          i32.add
          i32.store
          local.get 1
          i32.const 4
          i32.add
          local.get 0
          i32.const -6
          i32.add
          i32.store
          local.get 1
          local.get 0
          i32.const -7
          i32.add
          i32.store
          local.get 1
          i32.const -32
          i32.add
          local.set 1
          local.get 0
          i32.const -8
          i32.add
          local.tee 0
          i32.const 1
          i32.ne
          br_if 0
        end
      end
      block
        local.get 2
        i32.load offset=144
        local.tee 14
        i32.eqz
        br_if 0
        local.get 2
        i32.const 80
        i32.add
        i32.const 56
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 56
        i32.add
        i64.load
        i64.store
        local.get 2
        i32.const 80
        i32.add
        i32.const 48
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 48
        i32.add
        i64.load
        i64.store
        local.get 2
        i32.const 80
        i32.add
        i32.const 40
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 40
        i32.add
        i64.load
        i64.store
        local.get 2
        i32.const 80
        i32.add
        i32.const 32
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 32
        i32.add
        i64.load
        i64.store
        local.get 2
        i32.const 80
        i32.add
        i32.const 24
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 24
        i32.add
        i64.load
        i64.store
        local.get 2
        i32.const 80
        i32.add
        i32.const 16
        i32.add
        local.get 2
        i32.const 144
        i32.add
        i32.const 16
        i32.add
        i64.load
        i64.store
        local.get 2
        local.get 2
        i64.load offset=152
        i64.store offset=88
        local.get 2
        local.get 2
        i64.load offset=144
        i64.store offset=80
        i32.const 0
        local.set 15
        loop
          block
            local.get 14
            i32.const 3
            i32.lt_s
            br_if 0
            local.get 14
            i32.const -1
            i32.add
            local.set 5
            i32.const 2
            local.set 4
            local.get 7
            local.get 14
            i32.const 2
            i32.shl
            i32.add
            local.set 0
            local.get 6
            local.set 1
            loop
              local.get 1
              i32.load
              local.set 16
              local.get 1
              local.get 0
              i32.load
              i32.store
              local.get 0
              local.get 16
              i32.store
              local.get 1
              i32.const 4
              i32.add
              local.set 1
              local.get 0
              i32.const -4
              i32.add
              local.set 0
              local.get 4
              local.get 5
              i32.const -1
              i32.add
              local.tee 5
              i32.lt_s
              local.set 16
              local.get 4
              i32.const 1
              i32.add
              local.set 4
              local.get 16
              br_if 0
            end
          end
          local.get 2
          i32.const 80
          i32.add
          local.get 14
          i32.const 2
          i32.shl
          i32.add
          local.tee 1
          i32.load
          local.set 0
          local.get 1
          local.get 14
          i32.store
          local.get 15
          i32.const 1
          i32.add
          local.set 15
          local.get 0
          local.set 14
          local.get 0
          br_if 0
        end
        local.get 13
        local.get 15
        local.get 13
        local.get 15
        i32.gt_s
        select
        local.set 13
        local.get 15
        local.get 11
        i32.mul
        local.get 12
        i32.add
        local.set 12
      end
      i32.const 0
      local.set 1
      i32.const 4
      local.set 0
      block
        loop
          local.get 3
          local.get 1
          i32.const 1
          i32.add
          local.tee 1
          i32.eq
          br_if 1
          local.get 2
          i32.load offset=144
          local.set 4
          block
            local.get 0
            i32.eqz
            br_if 0
            local.get 2
            i32.const 144
            i32.add
            local.get 10
            local.get 0
            memory.copy
          end
          local.get 2
          i32.const 144
          i32.add
          local.get 0
          i32.add
          local.get 4
          i32.store
          local.get 2
          i32.const 16
          i32.add
          local.get 0
          i32.add
          local.tee 4
          local.get 4
          i32.load
          local.tee 4
          i32.const -1
          i32.add
          i32.store
          local.get 0
          i32.const 4
          i32.add
          local.set 0
          local.get 4
          i32.const 2
          i32.lt_s
          br_if 0
        end
        i32.const 0
        local.get 11
        i32.sub
        local.set 11
        br 1
      end
    end
    local.get 2
    local.get 12
    i32.store offset=4
    local.get 2
    local.get 13
    i32.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 208
    i32.add
    global.set $__stack_pointer
    i32.const 0))
