;; main of spectralnorm.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "malloc" (func $malloc (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70784))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 f64 i32 i32 i32 i32 f64 f64 f64)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 4000
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
    i32.const 3
    i32.shl
    local.tee 0
    call $malloc
    local.set 4
    local.get 0
    call $malloc
    local.set 5
    local.get 0
    call $malloc
    local.set 6
    block
      local.get 3
      i32.const 1
      i32.lt_s
      local.tee 7
      br_if 0
      local.get 3
      i32.const 7
      i32.and
      local.set 1
      i32.const 0
      local.set 8
      block
        local.get 3
        i32.const 8
        i32.lt_u
        br_if 0
        local.get 3
        i32.const 2147483640
        i32.and
        local.set 9
        i32.const 0
        local.set 8
        local.get 4
        local.set 0
        loop
          local.get 0
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 56
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 48
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 40
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 32
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 24
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 16
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 8
          i32.add
          i64.const 4607182418800017408
          i64.store
          local.get 0
          i32.const 64
          i32.add
          local.set 0
          local.get 9
          local.get 8
          i32.const 8
          i32.add
          local.tee 8
          i32.ne
          br_if 0
        end
      end
      local.get 1
      i32.eqz
      br_if 0
      local.get 4
      local.get 8
      i32.const 3
      i32.shl
      i32.add
      local.set 0
      loop
        local.get 0
        i64.const 4607182418800017408
        i64.store
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
    i32.const 0
    local.set 10
    block
      block
        block
          loop
            block
              local.get 7
              br_if 0
              i32.const 0
              local.set 9
              loop
                local.get 9
                i32.const 1
                i32.add
                local.set 11
                f64.const 0x0p+0 (;=0;)
                local.set 12
                local.get 4
                local.set 0
                i32.const 0
                local.set 1
                loop
                  local.get 12
                  local.get 0
                  f64.load
                  f64.const 0x1p+0 (;=1;)
                  local.get 9
                  local.get 1
                  i32.add
                  local.tee 8
                  i32.const 1
                  i32.add
                  local.get 8
                  i32.mul
                  i32.const 1
                  i32.shr_u
                  local.get 11
                  i32.add
                  f64.convert_i32_s
                  f64.div
                  f64.mul
                  f64.add
                  local.set 12
                  local.get 0
                  i32.const 8
                  i32.add
                  local.set 0
                  local.get 3
                  local.get 1
                  i32.const 1
                  i32.add
                  local.tee 1
                  i32.ne
                  br_if 0
                end
                local.get 6
                local.get 9
                i32.const 3
                i32.shl
                i32.add
                local.get 12
                f64.store
                local.get 11
                local.set 9
                local.get 11
                local.get 3
                i32.ne
                br_if 0
              end
              i32.const 2
              local.set 13
              i32.const 0
              local.set 14
              i32.const 0
              local.set 15
              loop
                i32.const 1
                local.set 0
                local.get 15
                i32.const 1
                i32.add
                local.set 16
                f64.const 0x0p+0 (;=0;)
                local.set 12
                local.get 14
                local.set 1
                local.get 13
                local.set 8
                local.get 6
                local.set 9
                i32.const 0
                local.set 11
                loop
                  local.get 12
                  local.get 9
                  f64.load
                  f64.const 0x1p+0 (;=1;)
                  local.get 0
                  local.get 1
                  i32.const 1
                  i32.shr_u
                  i32.add
                  f64.convert_i32_s
                  f64.div
                  f64.mul
                  f64.add
                  local.set 12
                  local.get 1
                  local.get 8
                  i32.add
                  local.set 1
                  local.get 8
                  i32.const 2
                  i32.add
                  local.set 8
                  local.get 0
                  i32.const 1
                  i32.add
                  local.set 0
                  local.get 9
                  i32.const 8
                  i32.add
                  local.set 9
                  local.get 3
                  local.get 11
                  i32.const 1
                  i32.add
                  local.tee 11
                  i32.ne
                  br_if 0
                end
                local.get 5
                local.get 15
                i32.const 3
                i32.shl
                i32.add
                local.get 12
                f64.store
                local.get 14
                local.get 13
                i32.add
                local.set 14
                local.get 13
                i32.const 2
                i32.add
                local.set 13
                local.get 16
                local.set 15
                local.get 16
                local.get 3
                i32.ne
                br_if 0
              end
              i32.const 0
              local.set 9
              loop
                local.get 9
                i32.const 1
                i32.add
                local.set 11
                f64.const 0x0p+0 (;=0;)
                local.set 12
                local.get 5
                local.set 0
                i32.const 0
                local.set 1
                loop
                  local.get 12
                  local.get 0
                  f64.load
                  f64.const 0x1p+0 (;=1;)
                  local.get 9
                  local.get 1
                  i32.add
                  local.tee 8
                  i32.const 1
                  i32.add
                  local.get 8
                  i32.mul
                  i32.const 1
                  i32.shr_u
                  local.get 11
                  i32.add
                  f64.convert_i32_s
                  f64.div
                  f64.mul
                  f64.add
                  local.set 12
                  local.get 0
                  i32.const 8
                  i32.add
                  local.set 0
                  local.get 3
                  local.get 1
                  i32.const 1
                  i32.add
                  local.tee 1
                  i32.ne
                  br_if 0
                end
                local.get 6
                local.get 9
                i32.const 3
                i32.shl
                i32.add
                local.get 12
                f64.store
                local.get 11
                local.set 9
                local.get 11
                local.get 3
                i32.ne
                br_if 0
              end
              i32.const 2
              local.set 13
              i32.const 0
              local.set 14
              i32.const 0
              local.set 15
              loop
                i32.const 1
                local.set 0
                local.get 15
                i32.const 1
                i32.add
                local.set 16
                f64.const 0x0p+0 (;=0;)
                local.set 12
                local.get 14
                local.set 1
                local.get 13
                local.set 8
                local.get 6
                local.set 9
                i32.const 0
                local.set 11
                loop
                  local.get 12
                  local.get 9
                  f64.load
                  f64.const 0x1p+0 (;=1;)
                  local.get 0
                  local.get 1
                  i32.const 1
                  i32.shr_u
                  i32.add
                  f64.convert_i32_s
                  f64.div
                  f64.mul
                  f64.add
                  local.set 12
                  local.get 1
                  local.get 8
                  i32.add
                  local.set 1
                  local.get 8
                  i32.const 2
                  i32.add
                  local.set 8
                  local.get 0
                  i32.const 1
                  i32.add
                  local.set 0
                  local.get 9
                  i32.const 8
                  i32.add
                  local.set 9
                  local.get 3
                  local.get 11
                  i32.const 1
                  i32.add
                  local.tee 11
                  i32.ne
                  br_if 0
                end
                local.get 4
                local.get 15
                i32.const 3
                i32.shl
                i32.add
                local.get 12
                f64.store
                local.get 14
                local.get 13
                i32.add
                local.set 14
                local.get 13
                i32.const 2
                i32.add
                local.set 13
                local.get 16
                local.set 15
                local.get 16
                local.get 3
                i32.ne
                br_if 0
              end
              local.get 10
              i32.const 1
              i32.add
              local.tee 10
              i32.const 10
              i32.ne
              br_if 1
              local.get 3
              i32.const 1
              i32.and
              local.set 9
              local.get 3
              i32.const 1
              i32.ne
              br_if 2
              f64.const 0x0p+0 (;=0;)
              local.set 17
              i32.const 0
              local.set 1
              f64.const 0x0p+0 (;=0;)
              local.set 18
              br 3
            end
            local.get 10
            i32.const 1
            i32.add
            local.tee 10
            i32.const 10
            i32.ne
            br_if 0
          end
          f64.const nan (;=nan;)
          local.set 12
          br 2
        end
        local.get 3
        i32.const 2147483646
        i32.and
        local.set 8
        f64.const 0x0p+0 (;=0;)
        local.set 17
        i32.const 0
        local.set 1
        local.get 5
        local.set 3
        local.get 4
        local.set 0
        f64.const 0x0p+0 (;=0;)
        local.set 18
        loop
          local.get 17
          local.get 3
          f64.load
          local.tee 12
          local.get 12
          f64.mul
          f64.add
          local.get 3
          i32.const 8
          i32.add
          f64.load
          local.tee 19
          local.get 19
          f64.mul
          f64.add
          local.set 17
          local.get 18
          local.get 0
          f64.load
          local.get 12
          f64.mul
          f64.add
          local.get 0
          i32.const 8
          i32.add
          f64.load
          local.get 19
          f64.mul
          f64.add
          local.set 18
          local.get 3
          i32.const 16
          i32.add
          local.set 3
          local.get 0
          i32.const 16
          i32.add
          local.set 0
          local.get 8
          local.get 1
          i32.const 2
          i32.add
          local.tee 1
          i32.ne
          br_if 0
        end
      end
      block
        local.get 9
        i32.eqz
        br_if 0
        local.get 18
        local.get 4
        local.get 1
        i32.const 3
        i32.shl
        local.tee 3
        i32.add
        f64.load
        local.get 5
        local.get 3
        i32.add
        f64.load
        local.tee 12
        f64.mul
        f64.add
        local.set 18
        local.get 17
        local.get 12
        local.get 12
        f64.mul
        f64.add
        local.set 17
      end
      local.get 18
      local.get 17
      f64.div
      local.set 12
    end
    local.get 2
    local.get 12
    f64.sqrt
    f64.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    i32.const 0))
