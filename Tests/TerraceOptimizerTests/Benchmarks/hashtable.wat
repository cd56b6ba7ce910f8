;; main of hashtable.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "calloc" (func $calloc (type 0)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (import "c" "strcmp" (func $strcmp (type 0)))
  (import "c" "malloc" (func $malloc (type 1)))
  (import "c" "strcpy" (func $strcpy (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70816))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i64 i32 i64 i64 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 64
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
          i32.const 8
          local.set 3
          i32.const 2097152
          i32.const 16
          call $calloc
          local.set 4
          br 1
        end
        local.get 1
        i32.load offset=4
        call $atoi
        local.set 3
        i32.const 2097152
        i32.const 16
        call $calloc
        local.set 4
        local.get 3
        i32.const 1
        i32.ge_s
        br_if 0
        i32.const 0
        local.set 5
        i32.const 0
        local.set 6
        i32.const 0
        local.set 7
        br 1
      end
      local.get 3
      i32.const 1000000
      i32.mul
      local.tee 0
      i32.const 1
      local.get 0
      i32.const 1
      i32.gt_s
      select
      local.set 5
      i32.const 0
      local.set 7
      i32.const 0
      i64.load offset=3424
      local.set 8
      i32.const 0
      local.set 6
      i32.const 0
      local.set 9
      loop
        local.get 8
        i64.const 12
        i64.shr_u
        local.get 8
        i64.xor
        local.tee 10
        i64.const 25
        i64.shl
        local.get 10
        i64.xor
        local.tee 10
        i64.const 27
        i64.shr_u
        local.get 10
        i64.xor
        local.tee 8
        i64.const -7046029254386353131
        i64.mul
        i64.const 32
        i64.shr_u
        i32.wrap_i64
        i32.const 1000000
        i32.rem_u
        i64.extend_i32_u
        i64.const -49064778989728563
        i64.mul
        local.tee 10
        i64.const 33
        i64.shr_u
        local.get 10
        i64.xor
        i64.const -4265267296055464877
        i64.mul
        local.tee 11
        i64.const 33
        i64.shr_u
        local.get 11
        i64.xor
        local.set 10
        block
          block
            block
              local.get 4
              local.get 11
              i64.const 43
              i64.shr_u
              i32.wrap_i64
              local.tee 1
              i32.const 4
              i32.shl
              i32.add
              local.tee 0
              i32.load offset=12
              i32.eqz
              br_if 0
              loop
                local.get 0
                i64.load
                local.get 10
                i64.eq
                br_if 2
                local.get 4
                local.get 1
                i32.const 1
                i32.add
                i32.const 2097151
                i32.and
                local.tee 1
                i32.const 4
                i32.shl
                i32.add
                local.tee 0
                i32.load offset=12
                br_if 0
              end
            end
            local.get 0
            local.get 10
            i64.store
            local.get 0
            i32.const 1
            i32.store offset=12
            local.get 7
            i32.const 1
            i32.add
            local.set 7
            br 1
          end
          local.get 6
          i32.const 1
          i32.add
          local.set 6
        end
        local.get 0
        local.get 0
        i32.load offset=8
        local.get 9
        i32.add
        i32.store offset=8
        local.get 9
        i32.const 1
        i32.add
        local.tee 9
        local.get 5
        i32.ne
        br_if 0
      end
      i32.const 0
      local.get 8
      i64.store offset=3424
      i32.const 1
      local.set 5
    end
    i32.const 0
    local.set 1
    i32.const 0
    local.set 9
    loop
      local.get 4
      local.get 1
      i32.add
      local.tee 0
      i32.const 56
      i32.add
      i32.load
      local.get 0
      i32.const 40
      i32.add
      i32.load
      local.get 0
      i32.const 24
      i32.add
      i32.load
      local.get 0
      i32.const 8
      i32.add
      i32.load
      local.get 9
      i32.xor
      i32.xor
      i32.xor
      i32.xor
      local.set 9
      local.get 1
      i32.const 64
      i32.add
      local.tee 1
      i32.const 33554432
      i32.ne
      br_if 0
    end
    local.get 2
    local.get 9
    i32.store offset=24
    local.get 2
    local.get 6
    i32.store offset=20
    local.get 2
    local.get 7
    i32.store offset=16
    i32.const 1078
    local.get 2
    i32.const 16
    i32.add
    call $printf
    drop
    i32.const 65536
    i32.const 4
    call $calloc
    local.set 12
    i32.const 0
    local.set 13
    i32.const 0
    local.set 6
    block
      local.get 5
      i32.eqz
      br_if 0
      local.get 3
      i32.const 500000
      i32.mul
      local.tee 0
      i32.const 1
      local.get 0
      i32.const 1
      i32.gt_s
      select
      local.set 14
      i32.const 0
      i64.load offset=3424
      local.set 10
      i32.const 0
      local.set 3
      i32.const 0
      local.set 6
      i32.const 0
      local.set 13
      loop
        local.get 2
        i32.const 107
        i32.store8 offset=32
        local.get 10
        i64.const 12
        i64.shr_u
        local.get 10
        i64.xor
        local.tee 10
        i64.const 25
        i64.shl
        local.get 10
        i64.xor
        local.tee 10
        i64.const 27
        i64.shr_u
        local.get 10
        i64.xor
        local.tee 10
        i64.const -7046029254386353131
        i64.mul
        i64.const 32
        i64.shr_u
        i32.wrap_i64
        i32.const 300000
        i32.rem_u
        local.set 0
        i32.const 2
        local.set 4
        i32.const 1
        local.set 1
        loop
          local.get 2
          i32.const 32
          i32.add
          local.get 1
          i32.add
          local.get 0
          local.get 0
          i32.const 26
          i32.div_u
          local.tee 9
          i32.const 26
          i32.mul
          i32.sub
          i32.const 97
          i32.add
          i32.store8
          local.get 4
          local.tee 5
          i32.const 1
          i32.add
          local.set 4
          local.get 1
          i32.const 1
          i32.add
          local.set 1
          local.get 0
          i32.const 25
          i32.gt_u
          local.set 7
          local.get 9
          local.set 0
          local.get 7
          br_if 0
        end
        i32.const 0
        local.set 9
        local.get 2
        i32.const 32
        i32.add
        local.get 1
        i32.add
        i32.const 0
        i32.store8
        i32.const -2128831035
        local.set 0
        block
          local.get 1
          i32.const -1
          i32.add
          i32.const 3
          i32.lt_u
          br_if 0
          local.get 5
          i32.const -4
          i32.and
          local.set 7
          i32.const -2128831035
          local.set 0
          i32.const 0
          local.set 9
          loop
            local.get 0
            local.get 2
            i32.const 32
            i32.add
            local.get 9
            i32.add
            local.tee 4
            i32.load8_u
            i32.xor
            i32.const 16777619
            i32.mul
            local.get 4
            i32.const 1
            i32.add
            i32.load8_u
            i32.xor
            i32.const 16777619
            i32.mul
            local.get 4
            i32.const 2
            i32.add
            i32.load8_u
            i32.xor
            i32.const 16777619
            i32.mul
            local.get 4
            i32.const 3
            i32.add
            i32.load8_u
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 0
            local.get 7
            local.get 9
            i32.const 4
            i32.add
            local.tee 9
            i32.ne
            br_if 0
          end
        end
        block
          local.get 1
          i32.const 3
          i32.and
          i32.eqz
          br_if 0
          local.get 5
          i32.const 3
          i32.and
          local.set 4
          local.get 2
          i32.const 32
          i32.add
          local.get 9
          i32.add
          local.set 1
          loop
            local.get 0
            local.get 1
            i32.load8_u
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 0
            local.get 1
            i32.const 1
            i32.add
            local.set 1
            local.get 4
            i32.const -1
            i32.add
            local.tee 4
            br_if 0
          end
        end
        local.get 12
        local.get 0
        i32.const 5
        i32.shr_u
        i32.const 262140
        i32.and
        i32.add
        local.tee 1
        local.set 0
        block
          block
            loop
              local.get 0
              i32.load
              local.tee 0
              i32.eqz
              br_if 1
              local.get 0
              i32.const 8
              i32.add
              local.get 2
              i32.const 32
              i32.add
              call $strcmp
              br_if 0
            end
            local.get 0
            i32.load offset=4
            i32.const 1
            i32.add
            local.set 1
            br 1
          end
          i32.const 28
          call $malloc
          local.tee 0
          i32.const 8
          i32.add
          local.get 2
          i32.const 32
          i32.add
          call $strcpy
          drop
          local.get 0
          i32.const 0
          i32.store offset=4
          local.get 1
          i32.load
          local.set 4
          local.get 1
          local.get 0
          i32.store
          local.get 0
          local.get 4
          i32.store
          i32.const 1
          local.set 1
          local.get 13
          i32.const 1
          i32.add
          local.set 13
        end
        local.get 0
        local.get 1
        i32.store offset=4
        local.get 1
        local.get 6
        local.get 1
        local.get 6
        i32.gt_u
        select
        local.set 6
        local.get 3
        i32.const 1
        i32.add
        local.tee 3
        local.get 14
        i32.ne
        br_if 0
      end
      i32.const 0
      local.get 10
      i64.store offset=3424
    end
    local.get 2
    local.get 6
    i32.store offset=4
    local.get 2
    local.get 13
    i32.store
    i32.const 1090
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 64
    i32.add
    global.set $__stack_pointer
    i32.const 0))
