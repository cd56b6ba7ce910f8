;; main of lu.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (type (func (param f64 f64) (result f64)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "malloc" (func $malloc (type 1)))
  (import "c" "fmax" (func $fmax (type 2)))
  (import "c" "puts" (func $puts (type 1)))
  (import "c" "calloc" (func $calloc (type 0)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70816))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i64 i32 i32 i32 i32 i32 i32 i32 f64 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 f64 f64)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 1600
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
    local.get 3
    local.get 3
    i32.mul
    local.set 4
    local.get 3
    i32.const 3
    i32.shl
    local.tee 0
    local.get 3
    i32.mul
    call $malloc
    local.set 5
    local.get 0
    call $malloc
    local.set 6
    local.get 0
    call $malloc
    local.set 7
    block
      block
        local.get 3
        i32.eqz
        br_if 0
        local.get 4
        i32.const 1
        local.get 4
        i32.const 1
        i32.gt_u
        select
        local.tee 0
        i32.const 1
        i32.and
        local.set 8
        i32.const 0
        local.set 1
        i32.const 0
        i64.load offset=3440
        local.set 9
        block
          local.get 4
          i32.const 2
          i32.lt_u
          br_if 0
          local.get 0
          i32.const -2
          i32.and
          local.set 10
          i32.const 0
          local.set 1
          local.get 5
          local.set 0
          loop
            local.get 0
            local.get 9
            i64.const 12
            i64.shr_u
            local.get 9
            i64.xor
            local.tee 9
            i64.const 25
            i64.shl
            local.get 9
            i64.xor
            local.tee 9
            i64.const 27
            i64.shr_u
            local.get 9
            i64.xor
            local.tee 9
            i64.const -7046029254386353131
            i64.mul
            i64.const 40
            i64.shr_u
            i32.wrap_i64
            f64.convert_i32_u
            f64.const 0x1p-24 (;=5.96046e-08;)
            f64.mul
            f64.const -0x1p-1 (;=-0.5;)
            f64.add
            f64.store
            local.get 0
            i32.const 8
            i32.add
            local.get 9
            i64.const 12
            i64.shr_u
            local.get 9
            i64.xor
            local.tee 9
            i64.const 25
            i64.shl
            local.get 9
            i64.xor
            local.tee 9
            i64.const 27
            i64.shr_u
            local.get 9
            i64.xor
            local.tee 9
            i64.const -7046029254386353131
            i64.mul
            i64.const 40
            i64.shr_u
            i32.wrap_i64
            f64.convert_i32_u
            f64.const 0x1p-24 (;=5.96046e-08;)
            f64.mul
            f64.const -0x1p-1 (;=-0.5;)
            f64.add
            f64.store
            local.get 0
            i32.const 16
            i32.add
            local.set 0
            local.get 10
            local.get 1
            i32.const 2
            i32.add
            local.tee 1
            i32.ne
            br_if 0
          end
        end
        block
          local.get 8
          i32.eqz
          br_if 0
          local.get 5
          local.get 1
          i32.const 3
          i32.shl
          i32.add
          local.get 9
          i64.const 12
          i64.shr_u
          local.get 9
          i64.xor
          local.tee 9
          i64.const 25
          i64.shl
          local.get 9
          i64.xor
          local.tee 9
          i64.const 27
          i64.shr_u
          local.get 9
          i64.xor
          local.tee 9
          i64.const -7046029254386353131
          i64.mul
          i64.const 40
          i64.shr_u
          i32.wrap_i64
          f64.convert_i32_u
          f64.const 0x1p-24 (;=5.96046e-08;)
          f64.mul
          f64.const -0x1p-1 (;=-0.5;)
          f64.add
          f64.store
        end
        i32.const 0
        local.get 9
        i64.store offset=3440
        local.get 3
        i32.const 1
        i32.lt_s
        br_if 0
        local.get 3
        i32.const 3
        i32.shl
        local.set 11
        local.get 3
        i32.const 1
        i32.and
        local.set 12
        local.get 3
        i32.const -1
        i32.add
        local.set 13
        i32.const 0
        local.get 3
        i32.const 2147483646
        i32.and
        i32.sub
        local.set 14
        local.get 5
        local.set 15
        i32.const 0
        local.set 16
        loop
          block
            block
              local.get 13
              br_if 0
              i32.const 0
              local.set 0
              f64.const 0x0p+0 (;=0;)
              local.set 17
              br 1
            end
            f64.const 0x0p+0 (;=0;)
            local.set 17
            i32.const -2
            local.set 1
            i32.const 1
            local.set 10
            i32.const 0
            local.set 18
            i32.const -3
            local.set 8
            local.get 15
            local.set 0
            i32.const 0
            local.set 19
            loop
              local.get 17
              local.get 0
              f64.load
              local.get 8
              local.get 19
              i32.const 7
              i32.div_u
              i32.const 7
              i32.mul
              i32.sub
              f64.convert_i32_s
              f64.mul
              f64.add
              local.get 0
              i32.const 8
              i32.add
              f64.load
              local.get 1
              local.get 10
              i32.const 7
              i32.div_u
              i32.const 7
              i32.mul
              i32.sub
              f64.convert_i32_s
              f64.mul
              f64.add
              local.set 17
              local.get 8
              i32.const 2
              i32.add
              local.set 8
              local.get 10
              i32.const 2
              i32.add
              local.set 10
              local.get 1
              i32.const 2
              i32.add
              local.set 1
              local.get 0
              i32.const 16
              i32.add
              local.set 0
              local.get 19
              i32.const 2
              i32.add
              local.set 19
              local.get 14
              local.get 18
              i32.const -2
              i32.add
              local.tee 18
              i32.ne
              br_if 0
            end
            i32.const 0
            local.get 18
            i32.sub
            local.set 0
          end
          local.get 6
          local.get 16
          i32.const 3
          i32.shl
          i32.add
          local.set 1
          block
            local.get 12
            i32.eqz
            br_if 0
            local.get 17
            local.get 5
            local.get 16
            local.get 3
            i32.mul
            i32.const 3
            i32.shl
            i32.add
            local.get 0
            i32.const 3
            i32.shl
            i32.add
            f64.load
            local.get 0
            i32.const 7
            i32.rem_u
            i32.const -3
            i32.add
            f64.convert_i32_s
            f64.mul
            f64.add
            local.set 17
          end
          local.get 1
          local.get 17
          f64.store
          local.get 15
          local.get 11
          i32.add
          local.set 15
          local.get 16
          i32.const 1
          i32.add
          local.tee 16
          local.get 3
          i32.ne
          br_if 0
        end
        local.get 3
        i32.const 4
        i32.shl
        local.set 20
        local.get 3
        i32.const 2147483644
        i32.and
        local.set 21
        local.get 3
        i32.const 3
        i32.and
        local.set 22
        local.get 3
        i32.const -2
        i32.add
        local.set 23
        local.get 5
        local.get 3
        i32.const 3
        i32.shl
        local.tee 16
        i32.add
        local.set 24
        i32.const 0
        local.set 25
        local.get 5
        local.set 26
        local.get 5
        local.set 27
        i32.const 0
        local.set 14
        loop
          block
            local.get 14
            local.tee 28
            i32.const 1
            i32.add
            local.tee 14
            local.get 3
            i32.ge_s
            br_if 0
            local.get 5
            local.get 28
            i32.const 3
            i32.shl
            local.tee 15
            i32.add
            local.set 8
            local.get 14
            local.set 0
            local.get 28
            local.set 10
            block
              local.get 13
              local.get 28
              i32.sub
              i32.const 1
              i32.and
              local.tee 11
              i32.eqz
              br_if 0
              local.get 14
              local.get 28
              local.get 8
              local.get 14
              local.get 3
              i32.mul
              i32.const 3
              i32.shl
              i32.add
              f64.load
              f64.abs
              local.get 8
              local.get 28
              local.get 3
              i32.mul
              i32.const 3
              i32.shl
              i32.add
              f64.load
              f64.abs
              f64.gt
              select
              local.set 10
              local.get 28
              i32.const 2
              i32.add
              local.set 0
            end
            block
              local.get 23
              local.get 28
              i32.eq
              local.tee 12
              br_if 0
              local.get 16
              local.get 0
              i32.mul
              local.set 19
              local.get 16
              local.get 0
              i32.const 1
              i32.add
              i32.mul
              local.set 18
              local.get 27
              local.set 1
              loop
                local.get 0
                i32.const 1
                i32.add
                local.get 0
                local.get 10
                local.get 1
                local.get 19
                i32.add
                f64.load
                f64.abs
                local.get 8
                local.get 10
                local.get 3
                i32.mul
                i32.const 3
                i32.shl
                i32.add
                f64.load
                f64.abs
                f64.gt
                select
                local.tee 10
                local.get 1
                local.get 18
                i32.add
                f64.load
                f64.abs
                local.get 8
                local.get 10
                local.get 3
                i32.mul
                i32.const 3
                i32.shl
                i32.add
                f64.load
                f64.abs
                f64.gt
                select
                local.set 10
                local.get 1
                local.get 20
                i32.add
                local.set 1
                local.get 0
                i32.const 2
                i32.add
                local.tee 0
                local.get 3
                i32.ne
                br_if 0
              end
            end
            block
              local.get 10
              local.get 28
              i32.eq
              br_if 0
              i32.const 0
              local.set 18
              block
                local.get 13
                i32.const 3
                i32.lt_u
                br_if 0
                local.get 16
                local.get 10
                i32.mul
                local.set 8
                i32.const 0
                local.set 18
                local.get 25
                local.set 19
                loop
                  local.get 5
                  local.get 19
                  i32.add
                  local.tee 0
                  f64.load
                  local.set 17
                  local.get 0
                  local.get 5
                  local.get 8
                  i32.add
                  local.tee 1
                  f64.load
                  f64.store
                  local.get 1
                  local.get 17
                  f64.store
                  local.get 0
                  i32.const 8
                  i32.add
                  local.tee 29
                  f64.load
                  local.set 17
                  local.get 29
                  local.get 1
                  i32.const 8
                  i32.add
                  local.tee 30
                  f64.load
                  f64.store
                  local.get 30
                  local.get 17
                  f64.store
                  local.get 0
                  i32.const 16
                  i32.add
                  local.tee 29
                  f64.load
                  local.set 17
                  local.get 29
                  local.get 1
                  i32.const 16
                  i32.add
                  local.tee 30
                  f64.load
                  f64.store
                  local.get 30
                  local.get 17
                  f64.store
                  local.get 0
                  i32.const 24
                  i32.add
                  local.tee 0
                  f64.load
                  local.set 17
                  local.get 0
                  local.get 1
                  i32.const 24
                  i32.add
                  local.tee 1
                  f64.load
                  f64.store
                  local.get 1
                  local.get 17
                  f64.store
                  local.get 8
                  i32.const 32
                  i32.add
                  local.set 8
                  local.get 19
                  i32.const 32
                  i32.add
                  local.set 19
                  local.get 21
                  local.get 18
                  i32.const 4
                  i32.add
                  local.tee 18
                  i32.ne
                  br_if 0
                end
              end
              block
                local.get 22
                i32.eqz
                br_if 0
                local.get 16
                local.get 10
                i32.mul
                local.set 29
                local.get 5
                local.get 18
                i32.const 3
                i32.shl
                i32.add
                local.set 0
                local.get 22
                local.set 1
                loop
                  local.get 0
                  local.get 25
                  i32.add
                  local.tee 8
                  f64.load
                  local.set 17
                  local.get 8
                  local.get 0
                  local.get 29
                  i32.add
                  local.tee 19
                  f64.load
                  f64.store
                  local.get 19
                  local.get 17
                  f64.store
                  local.get 0
                  i32.const 8
                  i32.add
                  local.set 0
                  local.get 1
                  i32.const -1
                  i32.add
                  local.tee 1
                  br_if 0
                end
              end
              local.get 6
              local.get 15
              i32.add
              local.tee 0
              f64.load
              local.set 17
              local.get 0
              local.get 6
              local.get 10
              i32.const 3
              i32.shl
              i32.add
              local.tee 1
              f64.load
              f64.store
              local.get 1
              local.get 17
              f64.store
            end
            local.get 5
            local.get 28
            local.get 3
            i32.mul
            i32.const 3
            i32.shl
            i32.add
            local.tee 0
            local.get 14
            i32.const 3
            i32.shl
            local.tee 31
            i32.add
            local.set 32
            local.get 0
            local.get 15
            i32.add
            local.set 29
            local.get 28
            i32.const 2
            i32.add
            local.set 28
            local.get 6
            local.get 15
            i32.add
            local.set 30
            local.get 24
            local.set 18
            local.get 14
            local.set 19
            loop
              local.get 5
              local.get 19
              local.get 3
              i32.mul
              i32.const 3
              i32.shl
              i32.add
              local.tee 1
              local.get 15
              i32.add
              local.tee 0
              local.get 0
              f64.load
              local.get 29
              f64.load
              f64.div
              local.tee 17
              f64.store
              local.get 14
              local.set 0
              block
                local.get 11
                i32.eqz
                br_if 0
                local.get 1
                local.get 31
                i32.add
                local.tee 0
                local.get 0
                f64.load
                local.get 17
                local.get 32
                f64.load
                f64.mul
                f64.sub
                f64.store
                local.get 28
                local.set 0
              end
              block
                local.get 12
                br_if 0
                local.get 3
                local.get 0
                i32.sub
                local.set 10
                local.get 26
                local.get 0
                i32.const 3
                i32.shl
                local.tee 0
                i32.add
                local.set 1
                local.get 18
                local.get 0
                i32.add
                local.set 0
                loop
                  local.get 0
                  local.get 0
                  f64.load
                  local.get 17
                  local.get 1
                  f64.load
                  f64.mul
                  f64.sub
                  f64.store
                  local.get 0
                  i32.const 8
                  i32.add
                  local.tee 8
                  local.get 8
                  f64.load
                  local.get 17
                  local.get 1
                  i32.const 8
                  i32.add
                  f64.load
                  f64.mul
                  f64.sub
                  f64.store
                  local.get 1
                  i32.const 16
                  i32.add
                  local.set 1
                  local.get 0
                  i32.const 16
                  i32.add
                  local.set 0
                  local.get 10
                  i32.const -2
                  i32.add
                  local.tee 10
                  br_if 0
                end
              end
              local.get 6
              local.get 19
              i32.const 3
              i32.shl
              i32.add
              local.tee 0
              local.get 0
              f64.load
              local.get 17
              local.get 30
              f64.load
              f64.mul
              f64.sub
              f64.store
              local.get 18
              local.get 16
              i32.add
              local.set 18
              local.get 19
              i32.const 1
              i32.add
              local.tee 19
              local.get 3
              i32.ne
              br_if 0
            end
          end
          local.get 26
          local.get 16
          i32.add
          local.set 26
          local.get 24
          local.get 16
          i32.add
          local.set 24
          local.get 25
          local.get 16
          i32.add
          local.set 25
          local.get 27
          i32.const 8
          i32.add
          local.set 27
          local.get 14
          local.get 3
          i32.ne
          br_if 0
        end
        local.get 3
        i32.const 1
        i32.add
        local.set 30
        i32.const 0
        local.get 3
        i32.const 3
        i32.shl
        local.tee 0
        i32.sub
        local.set 26
        local.get 0
        i32.const -8
        i32.xor
        local.set 31
        local.get 7
        local.get 0
        i32.add
        local.set 14
        local.get 5
        local.get 4
        i32.const 3
        i32.shl
        i32.add
        local.set 16
        local.get 5
        local.get 3
        local.get 3
        i32.const -1
        i32.add
        local.tee 12
        i32.mul
        i32.const 3
        i32.shl
        i32.add
        local.set 11
        i32.const 0
        local.set 15
        i32.const 0
        local.set 18
        local.get 12
        local.set 0
        loop
          local.get 6
          local.get 0
          local.tee 19
          i32.const 3
          i32.shl
          local.tee 29
          i32.add
          f64.load
          local.set 17
          block
            local.get 19
            i32.const 1
            i32.add
            local.tee 10
            local.get 3
            i32.ge_s
            br_if 0
            block
              local.get 18
              i32.const 3
              i32.and
              i32.eqz
              br_if 0
              local.get 15
              i32.const 3
              i32.and
              local.set 8
              local.get 16
              local.set 0
              local.get 14
              local.set 1
              loop
                local.get 10
                i32.const 1
                i32.add
                local.set 10
                local.get 17
                local.get 0
                f64.load
                local.get 1
                f64.load
                f64.mul
                f64.sub
                local.set 17
                local.get 0
                i32.const 8
                i32.add
                local.set 0
                local.get 1
                i32.const 8
                i32.add
                local.set 1
                local.get 8
                i32.const -1
                i32.add
                local.tee 8
                br_if 0
              end
            end
            local.get 18
            i32.const -1
            i32.add
            i32.const 3
            i32.lt_u
            br_if 0
            local.get 3
            local.get 10
            i32.sub
            local.set 8
            local.get 11
            local.get 10
            i32.const 3
            i32.shl
            local.tee 1
            i32.add
            local.set 0
            local.get 7
            local.get 1
            i32.add
            local.set 1
            loop
              local.get 17
              local.get 0
              f64.load
              local.get 1
              f64.load
              f64.mul
              f64.sub
              local.get 0
              i32.const 8
              i32.add
              f64.load
              local.get 1
              i32.const 8
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.get 0
              i32.const 16
              i32.add
              f64.load
              local.get 1
              i32.const 16
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.get 0
              i32.const 24
              i32.add
              f64.load
              local.get 1
              i32.const 24
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.set 17
              local.get 0
              i32.const 32
              i32.add
              local.set 0
              local.get 1
              i32.const 32
              i32.add
              local.set 1
              local.get 8
              i32.const -4
              i32.add
              local.tee 8
              br_if 0
            end
          end
          local.get 7
          local.get 29
          i32.add
          local.get 17
          local.get 5
          local.get 19
          local.get 30
          i32.mul
          i32.const 3
          i32.shl
          i32.add
          f64.load
          f64.div
          f64.store
          local.get 11
          local.get 26
          i32.add
          local.set 11
          local.get 15
          i32.const 1
          i32.add
          local.set 15
          local.get 16
          local.get 31
          i32.add
          local.set 16
          local.get 14
          i32.const -8
          i32.add
          local.set 14
          local.get 18
          i32.const 1
          i32.add
          local.set 18
          local.get 19
          i32.const -1
          i32.add
          local.set 0
          local.get 19
          i32.const 0
          i32.gt_s
          br_if 0
        end
        i32.const 1
        local.set 1
        local.get 3
        i32.const 1
        i32.and
        local.set 16
        block
          block
            local.get 12
            br_if 0
            f64.const 0x0p+0 (;=0;)
            local.set 17
            i32.const 0
            local.set 0
            br 1
          end
          i32.const 0
          local.set 18
          i32.const 0
          local.get 3
          i32.const 2147483646
          i32.and
          i32.sub
          local.set 14
          f64.const 0x0p+0 (;=0;)
          local.set 17
          i32.const -3
          local.set 10
          i32.const -2
          local.set 8
          local.get 7
          local.set 0
          i32.const 0
          local.set 19
          loop
            local.get 0
            i32.const 8
            i32.add
            f64.load
            local.set 33
            local.get 8
            local.get 1
            i32.const 7
            i32.div_u
            i32.const 7
            i32.mul
            i32.sub
            local.set 5
            local.get 1
            i32.const 2
            i32.add
            local.set 1
            local.get 8
            i32.const 2
            i32.add
            local.set 8
            local.get 17
            local.get 0
            f64.load
            local.get 10
            local.get 19
            i32.const 7
            i32.div_u
            i32.const 7
            i32.mul
            i32.sub
            f64.convert_i32_s
            f64.sub
            f64.abs
            call $fmax
            local.get 33
            local.get 5
            f64.convert_i32_s
            f64.sub
            f64.abs
            call $fmax
            local.set 17
            local.get 10
            i32.const 2
            i32.add
            local.set 10
            local.get 0
            i32.const 16
            i32.add
            local.set 0
            local.get 19
            i32.const 2
            i32.add
            local.set 19
            local.get 14
            local.get 18
            i32.const -2
            i32.add
            local.tee 18
            i32.ne
            br_if 0
          end
          i32.const 0
          local.get 18
          i32.sub
          local.set 0
        end
        block
          local.get 16
          i32.eqz
          br_if 0
          local.get 17
          local.get 7
          local.get 0
          i32.const 3
          i32.shl
          i32.add
          f64.load
          local.get 0
          i32.const 7
          i32.rem_u
          i32.const -3
          i32.add
          f64.convert_i32_s
          f64.sub
          f64.abs
          call $fmax
          local.set 17
        end
        i32.const 1061
        i32.const 1076
        local.get 17
        f64.const 0x1.0c6f7a0b5ed8dp-20 (;=1e-06;)
        f64.lt
        select
        local.set 0
        i32.const 1
        local.set 1
        br 1
      end
      local.get 3
      i32.const -1
      i32.add
      local.set 12
      i32.const 1061
      local.set 0
      i32.const 0
      local.set 1
    end
    local.get 0
    call $puts
    drop
    local.get 4
    i32.const 8
    call $calloc
    local.set 8
    local.get 4
    i32.const 8
    call $calloc
    local.set 10
    block
      local.get 1
      i32.eqz
      br_if 0
      local.get 3
      i32.const 1
      i32.and
      local.set 5
      local.get 3
      f64.convert_i32_s
      local.set 33
      block
        block
          local.get 12
          br_if 0
          i32.const 0
          local.set 19
          br 1
        end
        local.get 3
        i32.const -2
        i32.and
        local.set 18
        i32.const 0
        local.set 19
        f64.const 0x0p+0 (;=0;)
        local.set 17
        local.get 8
        local.set 0
        local.get 10
        local.set 1
        loop
          local.get 0
          local.get 17
          local.get 33
          f64.div
          local.tee 34
          f64.store
          local.get 1
          local.get 34
          f64.store
          local.get 1
          i32.const 8
          i32.add
          local.get 19
          i32.const 1
          i32.add
          f64.convert_i32_u
          local.get 33
          f64.div
          local.tee 34
          f64.store
          local.get 0
          i32.const 8
          i32.add
          local.get 34
          f64.store
          local.get 0
          i32.const 16
          i32.add
          local.set 0
          local.get 1
          i32.const 16
          i32.add
          local.set 1
          local.get 17
          f64.const 0x1p+1 (;=2;)
          f64.add
          local.set 17
          local.get 18
          local.get 19
          i32.const 2
          i32.add
          local.tee 19
          i32.ne
          br_if 0
        end
      end
      local.get 5
      i32.eqz
      br_if 0
      local.get 8
      local.get 19
      i32.const 3
      i32.shl
      local.tee 0
      i32.add
      local.get 19
      f64.convert_i32_u
      local.get 33
      f64.div
      local.tee 17
      f64.store
      local.get 10
      local.get 0
      i32.add
      local.get 17
      f64.store
    end
    local.get 3
    i32.const 4
    i32.div_s
    local.set 31
    block
      block
        local.get 3
        i32.const 4
        i32.ge_s
        br_if 0
        local.get 8
        local.set 30
        br 1
      end
      local.get 3
      i32.const 3
      i32.shl
      local.set 14
      local.get 3
      i32.const -2
      i32.add
      local.set 29
      local.get 3
      i32.const 4
      i32.shl
      i32.const 8
      i32.or
      local.set 32
      i32.const 0
      local.set 26
      loop
        local.get 10
        local.tee 30
        i32.const 8
        i32.add
        local.set 5
        local.get 32
        local.set 16
        i32.const 8
        local.set 6
        local.get 14
        local.set 15
        i32.const 1
        local.set 11
        loop
          local.get 11
          i32.const 1
          i32.add
          local.set 11
          local.get 16
          local.set 1
          local.get 6
          local.set 10
          local.get 15
          local.set 0
          local.get 29
          local.set 19
          loop
            local.get 5
            local.get 0
            i32.add
            local.get 8
            local.get 10
            i32.add
            f64.load
            local.get 8
            local.get 1
            i32.add
            f64.load
            f64.add
            local.get 8
            local.get 0
            i32.add
            local.tee 18
            f64.load
            f64.add
            local.get 18
            i32.const 16
            i32.add
            f64.load
            f64.add
            f64.const 0x1p-2 (;=0.25;)
            f64.mul
            f64.store
            local.get 1
            i32.const 8
            i32.add
            local.set 1
            local.get 10
            i32.const 8
            i32.add
            local.set 10
            local.get 0
            i32.const 8
            i32.add
            local.set 0
            local.get 19
            i32.const -1
            i32.add
            local.tee 19
            br_if 0
          end
          local.get 16
          local.get 14
          i32.add
          local.set 16
          local.get 6
          local.get 14
          i32.add
          local.set 6
          local.get 15
          local.get 14
          i32.add
          local.set 15
          local.get 11
          local.get 12
          i32.ne
          br_if 0
        end
        local.get 8
        local.set 10
        local.get 30
        local.set 8
        local.get 26
        i32.const 1
        i32.add
        local.tee 26
        local.get 31
        i32.ne
        br_if 0
      end
    end
    block
      block
        local.get 3
        br_if 0
        f64.const 0x0p+0 (;=0;)
        local.set 17
        br 1
      end
      local.get 4
      i32.const 1
      local.get 4
      i32.const 1
      i32.gt_u
      select
      local.tee 0
      i32.const 3
      i32.and
      local.set 1
      block
        block
          local.get 4
          i32.const 4
          i32.ge_u
          br_if 0
          f64.const 0x0p+0 (;=0;)
          local.set 17
          i32.const 0
          local.set 10
          br 1
        end
        local.get 0
        i32.const -4
        i32.and
        local.set 8
        f64.const 0x0p+0 (;=0;)
        local.set 17
        i32.const 0
        local.set 10
        local.get 30
        local.set 0
        loop
          local.get 17
          local.get 0
          f64.load
          f64.add
          local.get 0
          i32.const 8
          i32.add
          f64.load
          f64.add
          local.get 0
          i32.const 16
          i32.add
          f64.load
          f64.add
          local.get 0
          i32.const 24
          i32.add
          f64.load
          f64.add
          local.set 17
          local.get 0
          i32.const 32
          i32.add
          local.set 0
          local.get 8
          local.get 10
          i32.const 4
          i32.add
          local.tee 10
          i32.ne
          br_if 0
        end
      end
      local.get 1
      i32.eqz
      br_if 0
      local.get 30
      local.get 10
      i32.const 3
      i32.shl
      i32.add
      local.set 0
      loop
        local.get 17
        local.get 0
        f64.load
        f64.add
        local.set 17
        local.get 0
        i32.const 8
        i32.add
        local.set 0
        local.get 1
        i32.const -1
        i32.add
        local.tee 1
        br_if 0
      end
    end
    local.get 2
    local.get 17
    f64.store
    i32.const 1096
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    i32.const 0))
