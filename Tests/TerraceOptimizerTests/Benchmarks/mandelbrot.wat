;; main of mandelbrot.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 70800))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i64 f64 i32 f64 i32 f64 f64 f64 f64 f64 f64)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 1700
    local.set 3
    block
      block
        local.get 0
        i32.const 2
        i32.lt_s
        br_if 0
        local.get 1
        i32.load offset=4
        call $atoi
        local.tee 3
        i32.const 1
        i32.ge_s
        br_if 0
        i32.const -2128831035
        local.set 4
        i64.const 0
        local.set 5
        br 1
      end
      local.get 3
      f64.convert_i32_u
      local.set 6
      i64.const 0
      local.set 5
      i32.const 0
      local.set 7
      i32.const -2128831035
      local.set 4
      loop
        local.get 7
        i32.const 1
        i32.shl
        f64.convert_i32_u
        local.get 6
        f64.div
        f64.const -0x1p+0 (;=-1;)
        f64.add
        local.set 8
        i32.const 0
        local.set 9
        loop
          local.get 9
          i32.const 1
          i32.shl
          f64.convert_i32_u
          local.get 6
          f64.div
          f64.const -0x1.8p+0 (;=-1.5;)
          f64.add
          local.set 10
          f64.const 0x0p+0 (;=0;)
          local.set 11
          i32.const 0
          local.set 0
          f64.const 0x0p+0 (;=0;)
          local.set 12
          f64.const 0x0p+0 (;=0;)
          local.set 13
          f64.const 0x0p+0 (;=0;)
          local.set 14
          block
            loop
              local.get 5
              i64.const 1
              i64.add
              local.set 5
              local.get 0
              i32.const 1
              i32.add
              local.set 1
              local.get 0
              i32.const 298
              i32.gt_u
              br_if 1
              local.get 14
              local.get 14
              f64.add
              local.set 15
              local.get 1
              local.set 0
              local.get 10
              local.get 12
              local.get 11
              f64.sub
              f64.add
              local.tee 11
              local.set 14
              local.get 11
              local.get 11
              f64.mul
              local.tee 12
              local.get 8
              local.get 15
              local.get 13
              f64.mul
              f64.add
              local.tee 13
              local.get 13
              f64.mul
              local.tee 11
              f64.add
              f64.const 0x1p+2 (;=4;)
              f64.le
              br_if 0
            end
          end
          local.get 1
          i32.const 255
          i32.and
          local.get 4
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 4
          local.get 9
          i32.const 1
          i32.add
          local.tee 9
          local.get 3
          i32.ne
          br_if 0
        end
        local.get 7
        i32.const 1
        i32.add
        local.tee 7
        local.get 3
        i32.ne
        br_if 0
      end
    end
    local.get 2
    local.get 4
    i32.store offset=8
    local.get 2
    local.get 5
    i64.store
    i32.const 1078
    local.get 2
    call $printf
    drop
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    i32.const 0))
