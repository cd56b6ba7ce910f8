;; main of matmul.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "malloc" (func $malloc (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70816))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 f64 i32 i32 i32 i32 i32 i32 i32 i32 f64 i64 i32 i32 f32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 32
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 900
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
    f64.const 0x0p+0 (;=0;)
    local.set 4
    local.get 3
    local.get 3
    i32.mul
    local.tee 5
    i32.const 2
    i32.shl
    local.tee 6
    call $malloc
    local.set 7
    local.get 6
    call $malloc
    local.set 8
    local.get 6
    call $malloc
    local.set 9
    local.get 5
    i32.const 3
    i32.shl
    local.tee 0
    call $malloc
    local.set 10
    local.get 0
    call $malloc
    local.set 11
    local.get 0
    call $malloc
    local.set 12
    block
      block
        local.get 3
        br_if 0
        f64.const 0x0p+0 (;=0;)
        local.set 13
        br 1
      end
      i32.const 0
      i64.load offset=3424
      local.set 14
      local.get 7
      local.set 0
      local.get 10
      local.set 1
      local.get 8
      local.set 15
      local.get 11
      local.set 16
      loop
        local.get 0
        local.get 14
        i64.const 12
        i64.shr_u
        local.get 14
        i64.xor
        local.tee 14
        i64.const 25
        i64.shl
        local.get 14
        i64.xor
        local.tee 14
        i64.const 27
        i64.shr_u
        local.get 14
        i64.xor
        local.tee 14
        i64.const -7046029254386353131
        i64.mul
        i64.const 40
        i64.shr_u
        i32.wrap_i64
        f64.convert_i32_u
        f64.const 0x1p-24 (;=5.96046e-08;)
        f64.mul
        f32.demote_f64
        local.tee 17
        f32.store
        local.get 1
        local.get 17
        f64.promote_f32
        f64.store
        local.get 15
        local.get 14
        i64.const 12
        i64.shr_u
        local.get 14
        i64.xor
        local.tee 14
        i64.const 25
        i64.shl
        local.get 14
        i64.xor
        local.tee 14
        i64.const 27
        i64.shr_u
        local.get 14
        i64.xor
        local.tee 14
        i64.const -7046029254386353131
        i64.mul
        i64.const 40
        i64.shr_u
        i32.wrap_i64
        f64.convert_i32_u
        f64.const 0x1p-24 (;=5.96046e-08;)
        f64.mul
        f32.demote_f64
        f32.const -0x1p-1 (;=-0.5;)
        f32.add
        local.tee 17
        f32.store
        local.get 16
        local.get 17
        f64.promote_f32
        f64.store
        local.get 0
        i32.const 4
        i32.add
        local.set 0
        local.get 1
        i32.const 8
        i32.add
        local.set 1
        local.get 15
        i32.const 4
        i32.add
        local.set 15
        local.get 16
        i32.const 8
        i32.add
        local.set 16
        local.get 5
        i32.const -1
        i32.add
        local.tee 5
        br_if 0
      end
      i32.const 0
      local.set 18
      i32.const 0
      local.get 14
      i64.store offset=3424
      f64.const 0x0p+0 (;=0;)
      local.set 13
      local.get 3
      i32.const 1
      i32.lt_s
      br_if 0
      local.get 3
      i32.const 2147483646
      i32.and
      local.set 5
      local.get 3
      i32.const 1
      i32.and
      local.set 19
      local.get 3
      i32.const -1
      i32.add
      local.set 20
      local.get 3
      i32.const 2
      i32.shl
      local.set 21
      local.get 9
      local.set 22
      loop
        i32.const 0
        local.set 23
        block
          local.get 21
          i32.eqz
          br_if 0
          local.get 9
          local.get 18
          local.get 21
          i32.mul
          i32.add
          i32.const 0
          local.get 21
          memory.fill
        end
        local.get 7
        local.get 18
        local.get 3
        i32.mul
        i32.const 2
        i32.shl
        local.tee 0
        i32.add
        local.set 24
        local.get 9
        local.get 0
        i32.add
        local.set 25
        local.get 8
        local.set 26
        loop
          local.get 24
          local.get 23
          i32.const 2
          i32.shl
          i32.add
          f32.load
          local.set 17
          i32.const 0
          local.set 15
          block
            local.get 20
            i32.eqz
            br_if 0
            local.get 22
            local.set 0
            local.get 26
            local.set 1
            loop
              local.get 0
              local.get 0
              f32.load
              local.get 17
              local.get 1
              f32.load
              f32.mul
              f32.add
              f32.store
              local.get 0
              i32.const 4
              i32.add
              local.tee 16
              local.get 16
              f32.load
              local.get 17
              local.get 1
              i32.const 4
              i32.add
              f32.load
              f32.mul
              f32.add
              f32.store
              local.get 0
              i32.const 8
              i32.add
              local.set 0
              local.get 1
              i32.const 8
              i32.add
              local.set 1
              local.get 5
              local.get 15
              i32.const 2
              i32.add
              local.tee 15
              i32.ne
              br_if 0
            end
          end
          block
            local.get 19
            i32.eqz
            br_if 0
            local.get 25
            local.get 15
            i32.const 2
            i32.shl
            local.tee 0
            i32.add
            local.tee 1
            local.get 1
            f32.load
            local.get 17
            local.get 8
            local.get 23
            local.get 3
            i32.mul
            i32.const 2
            i32.shl
            i32.add
            local.get 0
            i32.add
            f32.load
            f32.mul
            f32.add
            f32.store
          end
          local.get 26
          local.get 21
          i32.add
          local.set 26
          local.get 23
          i32.const 1
          i32.add
          local.tee 23
          local.get 3
          i32.ne
          br_if 0
        end
        local.get 22
        local.get 21
        i32.add
        local.set 22
        local.get 18
        i32.const 1
        i32.add
        local.tee 18
        local.get 3
        i32.ne
        br_if 0
      end
      local.get 3
      i32.const 2147483646
      i32.and
      local.set 5
      local.get 3
      i32.const 1
      i32.and
      local.set 19
      local.get 3
      i32.const 3
      i32.shl
      local.set 21
      local.get 12
      local.set 22
      i32.const 0
      local.set 25
      loop
        block
          local.get 21
          i32.eqz
          br_if 0
          local.get 12
          local.get 25
          local.get 21
          i32.mul
          i32.add
          i32.const 0
          local.get 21
          memory.fill
        end
        local.get 10
        local.get 25
        local.get 3
        i32.mul
        i32.const 3
        i32.shl
        local.tee 0
        i32.add
        local.set 24
        local.get 12
        local.get 0
        i32.add
        local.set 8
        local.get 11
        local.set 26
        i32.const 0
        local.set 23
        loop
          local.get 24
          local.get 23
          i32.const 3
          i32.shl
          i32.add
          f64.load
          local.set 4
          block
            block
              local.get 20
              br_if 0
              i32.const 0
              local.set 15
              br 1
            end
            i32.const 0
            local.set 15
            local.get 22
            local.set 0
            local.get 26
            local.set 1
            loop
              local.get 0
              local.get 0
              f64.load
              local.get 4
              local.get 1
              f64.load
              f64.mul
              f64.add
              f64.store
              local.get 0
              i32.const 8
              i32.add
              local.tee 16
              local.get 16
              f64.load
              local.get 4
              local.get 1
              i32.const 8
              i32.add
              f64.load
              f64.mul
              f64.add
              f64.store
              local.get 0
              i32.const 16
              i32.add
              local.set 0
              local.get 1
              i32.const 16
              i32.add
              local.set 1
              local.get 5
              local.get 15
              i32.const 2
              i32.add
              local.tee 15
              i32.ne
              br_if 0
            end
          end
          block
            local.get 19
            i32.eqz
            br_if 0
            local.get 8
            local.get 15
            i32.const 3
            i32.shl
            local.tee 0
            i32.add
            local.tee 1
            local.get 1
            f64.load
            local.get 4
            local.get 11
            local.get 23
            local.get 3
            i32.mul
            i32.const 3
            i32.shl
            i32.add
            local.get 0
            i32.add
            f64.load
            f64.mul
            f64.add
            f64.store
          end
          local.get 26
          local.get 21
          i32.add
          local.set 26
          local.get 23
          i32.const 1
          i32.add
          local.tee 23
          local.get 3
          i32.ne
          br_if 0
        end
        local.get 22
        local.get 21
        i32.add
        local.set 22
        local.get 25
        i32.const 1
        i32.add
        local.tee 25
        local.get 3
        i32.ne
        br_if 0
      end
      local.get 3
      i32.const 1
      i32.and
      local.set 21
      block
        block
          local.get 20
          br_if 0
          f64.const 0x0p+0 (;=0;)
          local.set 13
          i32.const 0
          local.set 15
          f64.const 0x0p+0 (;=0;)
          local.set 4
          br 1
        end
        local.get 3
        i32.const 2147483646
        i32.and
        local.set 5
        local.get 3
        i32.const 2
        i32.shl
        i32.const 4
        i32.add
        local.set 23
        local.get 3
        i32.const 4
        i32.shl
        i32.const 16
        i32.add
        local.set 26
        local.get 3
        i32.const 3
        i32.shl
        i32.const 8
        i32.add
        local.set 16
        f64.const 0x0p+0 (;=0;)
        local.set 13
        i32.const 0
        local.set 15
        local.get 9
        local.set 0
        local.get 12
        local.set 1
        f64.const 0x0p+0 (;=0;)
        local.set 4
        loop
          local.get 13
          local.get 1
          f64.load
          f64.add
          local.get 1
          local.get 16
          i32.add
          f64.load
          f64.add
          local.set 13
          local.get 4
          local.get 0
          f32.load
          f64.promote_f32
          f64.add
          local.get 0
          local.get 23
          i32.add
          f32.load
          f64.promote_f32
          f64.add
          local.set 4
          local.get 0
          local.get 16
          i32.add
          local.set 0
          local.get 1
          local.get 26
          i32.add
          local.set 1
          local.get 5
          local.get 15
          i32.const 2
          i32.add
          local.tee 15
          i32.ne
          br_if 0
        end
      end
      local.get 21
      i32.eqz
      br_if 0
      local.get 13
      local.get 12
      local.get 15
      local.get 3
      i32.const 1
      i32.add
      i32.mul
      local.tee 0
      i32.const 3
      i32.shl
      i32.add
      f64.load
      f64.add
      local.set 13
      local.get 4
      local.get 9
      local.get 0
      i32.const 2
      i32.shl
      i32.add
      f32.load
      f64.promote_f32
      f64.add
      local.set 4
    end
    block
      block
        local.get 6
        br_if 0
        i32.const -2128831035
        local.set 0
        br 1
      end
      i32.const -2128831035
      local.set 0
      loop
        local.get 0
        local.get 9
        i32.load8_u
        i32.xor
        i32.const 16777619
        i32.mul
        local.get 9
        i32.const 1
        i32.add
        i32.load8_u
        i32.xor
        i32.const 16777619
        i32.mul
        local.get 9
        i32.const 2
        i32.add
        i32.load8_u
        i32.xor
        i32.const 16777619
        i32.mul
        local.get 9
        i32.const 3
        i32.add
        i32.load8_u
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 0
        local.get 9
        i32.const 4
        i32.add
        local.set 9
        local.get 6
        i32.const -4
        i32.add
        local.tee 6
        br_if 0
      end
    end
    local.get 2
    i32.const 16
    i32.add
    local.get 0
    i32.store
    local.get 2
    local.get 13
    f64.store offset=8
    local.get 2
    local.get 4
    f64.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 32
    i32.add
    global.set $__stack_pointer
    i32.const 0))
