;; trace of raytrace.c
(module
  (type (func (param i32 i32 i32 i32)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 71568))
  (func $trace (export "trace") (type 0) (param i32 i32 i32 i32)
    (local i32 f32 f32 f32 f32 f32 f32 i32 f32 f32 f32 f32 f32 f32 i32 i32 f32 f32 f32 f32 f32)
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    local.tee 4
    global.set $__stack_pointer
    local.get 1
    f32.load offset=8
    local.set 5
    local.get 1
    f32.load offset=4
    local.set 6
    local.get 1
    f32.load
    local.set 7
    local.get 2
    f32.load offset=8
    local.set 8
    local.get 2
    f32.load offset=4
    local.set 9
    local.get 2
    f32.load
    local.set 10
    i32.const 0
    local.set 2
    i32.const -1
    local.set 11
    f32.const 0x1.dcd65p+29 (;=1e+09;)
    local.set 12
    i32.const 3664
    local.set 1
    loop
      block
        local.get 10
        local.get 7
        local.get 1
        f32.load
        f32.sub
        local.tee 13
        f32.mul
        local.get 9
        local.get 6
        local.get 1
        i32.const 4
        i32.add
        f32.load
        f32.sub
        local.tee 14
        f32.mul
        f32.add
        local.get 8
        local.get 5
        local.get 1
        i32.const 8
        i32.add
        f32.load
        f32.sub
        local.tee 15
        f32.mul
        f32.add
        local.tee 16
        local.get 16
        f32.mul
        local.get 1
        i32.const 12
        i32.add
        f32.load
        local.tee 17
        local.get 17
        f32.mul
        local.get 13
        local.get 13
        f32.mul
        local.get 14
        local.get 14
        f32.mul
        f32.add
        local.get 15
        local.get 15
        f32.mul
        f32.add
        f32.sub
        f32.add
        local.tee 13
        f32.const 0x0p+0 (;=0;)
        f32.lt
        br_if 0
        local.get 2
        local.get 11
        local.get 13
        f32.sqrt
        local.tee 13
        local.get 16
        f32.sub
        local.get 16
        f32.neg
        local.get 13
        f32.sub
        local.tee 13
        local.get 13
        f32.const 0x1.0624dep-10 (;=0.001;)
        f32.lt
        select
        local.tee 13
        f32.const 0x1.0624dep-10 (;=0.001;)
        f32.gt
        local.get 13
        local.get 12
        f32.lt
        i32.and
        local.tee 18
        select
        local.set 11
        local.get 13
        local.get 12
        local.get 18
        select
        local.set 12
      end
      local.get 1
      i32.const 32
      i32.add
      local.set 1
      local.get 2
      i32.const 1
      i32.add
      local.tee 2
      i32.const 24
      i32.ne
      br_if 0
    end
    block
      block
        local.get 11
        i32.const -1
        i32.gt_s
        br_if 0
        local.get 0
        local.get 9
        f32.const 0x1p-1 (;=0.5;)
        f32.mul
        f32.const 0x1p-1 (;=0.5;)
        f32.add
        local.tee 13
        f32.store offset=8
        local.get 0
        local.get 13
        f32.const 0x1.333334p-1 (;=0.6;)
        f32.mul
        f32.store offset=4
        local.get 0
        local.get 13
        f32.const 0x1.99999ap-2 (;=0.4;)
        f32.mul
        f32.store
        br 1
      end
      local.get 4
      local.get 5
      local.get 8
      local.get 12
      f32.mul
      f32.add
      local.tee 5
      f32.store offset=60
      local.get 4
      local.get 6
      local.get 9
      local.get 12
      f32.mul
      f32.add
      local.tee 6
      f32.store offset=56
      local.get 4
      local.get 7
      local.get 10
      local.get 12
      f32.mul
      f32.add
      local.tee 7
      f32.store offset=52
      i32.const 3664
      local.set 1
      local.get 11
      i32.const 5
      i32.shl
      local.tee 2
      i32.const 3664
      i32.add
      local.set 19
      f32.const 0x1.99999ap-4 (;=0.1;)
      local.set 20
      block
        local.get 7
        local.get 2
        f32.load offset=3664
        f32.sub
        f32.const 0x1p+0 (;=1;)
        local.get 2
        f32.load offset=3676
        f32.div
        local.tee 13
        f32.mul
        local.tee 21
        f32.const 0x1.7c4dd6p-2 (;=0.371391;)
        f32.mul
        local.get 6
        local.get 2
        f32.load offset=3668
        f32.sub
        local.get 13
        f32.mul
        local.tee 22
        f32.const 0x1.7c4dd6p-1 (;=0.742781;)
        f32.mul
        f32.add
        local.get 5
        local.get 2
        f32.load offset=3672
        f32.sub
        local.get 13
        f32.mul
        local.tee 23
        f32.const -0x1.1d3a6p-1 (;=-0.557086;)
        f32.mul
        f32.add
        local.tee 24
        f32.const 0x0p+0 (;=0;)
        f32.gt
        i32.eqz
        br_if 0
        i32.const 0
        local.set 2
        i32.const -1
        local.set 11
        f32.const 0x1.dcd65p+29 (;=1e+09;)
        local.set 12
        loop
          block
            local.get 7
            local.get 1
            f32.load
            f32.sub
            local.tee 13
            f32.const 0x1.7c4dd6p-2 (;=0.371391;)
            f32.mul
            local.get 6
            local.get 1
            i32.const 4
            i32.add
            f32.load
            f32.sub
            local.tee 14
            f32.const 0x1.7c4dd6p-1 (;=0.742781;)
            f32.mul
            f32.add
            local.get 5
            local.get 1
            i32.const 8
            i32.add
            f32.load
            f32.sub
            local.tee 15
            f32.const -0x1.1d3a6p-1 (;=-0.557086;)
            f32.mul
            f32.add
            local.tee 16
            local.get 16
            f32.mul
            local.get 1
            i32.const 12
            i32.add
            f32.load
            local.tee 17
            local.get 17
            f32.mul
            local.get 13
            local.get 13
            f32.mul
            local.get 14
            local.get 14
            f32.mul
            f32.add
            local.get 15
            local.get 15
            f32.mul
            f32.add
            f32.sub
            f32.add
            local.tee 13
            f32.const 0x0p+0 (;=0;)
            f32.lt
            br_if 0
            local.get 2
            local.get 11
            local.get 13
            f32.sqrt
            local.tee 13
            local.get 16
            f32.sub
            local.get 16
            f32.neg
            local.get 13
            f32.sub
            local.tee 13
            local.get 13
            f32.const 0x1.0624dep-10 (;=0.001;)
            f32.lt
            select
            local.tee 13
            f32.const 0x1.0624dep-10 (;=0.001;)
            f32.gt
            local.get 13
            local.get 12
            f32.lt
            i32.and
            local.tee 18
            select
            local.set 11
            local.get 13
            local.get 12
            local.get 18
            select
            local.set 12
          end
          local.get 1
          i32.const 32
          i32.add
          local.set 1
          local.get 2
          i32.const 1
          i32.add
          local.tee 2
          i32.const 24
          i32.ne
          br_if 0
        end
        local.get 11
        i32.const -1
        i32.gt_s
        br_if 0
        local.get 24
        f32.const 0x1.ccccccp-1 (;=0.9;)
        f32.mul
        f32.const 0x1.99999ap-4 (;=0.1;)
        f32.add
        local.set 20
      end
      local.get 0
      local.get 20
      local.get 19
      f32.load offset=28
      f32.mul
      local.tee 13
      f32.store offset=8
      local.get 0
      local.get 20
      local.get 19
      f32.load offset=24
      f32.mul
      local.tee 14
      f32.store offset=4
      local.get 0
      local.get 20
      local.get 19
      f32.load offset=20
      f32.mul
      local.tee 15
      f32.store
      local.get 3
      i32.const 3
      i32.gt_u
      br_if 0
      local.get 19
      f32.load offset=16
      local.tee 16
      f32.const 0x0p+0 (;=0;)
      f32.gt
      i32.eqz
      br_if 0
      local.get 4
      i32.const 40
      i32.add
      i32.const 8
      i32.add
      local.tee 1
      local.get 8
      local.get 23
      local.get 8
      local.get 23
      f32.mul
      local.get 10
      local.get 21
      f32.mul
      local.get 9
      local.get 22
      f32.mul
      f32.add
      f32.add
      local.tee 17
      local.get 17
      f32.add
      local.tee 17
      f32.mul
      f32.sub
      f32.store
      local.get 4
      i32.const 16
      i32.add
      i32.const 8
      i32.add
      local.get 4
      i32.const 52
      i32.add
      i32.const 8
      i32.add
      i32.load
      i32.store
      local.get 4
      i32.const 8
      i32.add
      local.get 1
      i32.load
      i32.store
      local.get 4
      local.get 9
      local.get 22
      local.get 17
      f32.mul
      f32.sub
      f32.store offset=44
      local.get 4
      local.get 10
      local.get 21
      local.get 17
      f32.mul
      f32.sub
      f32.store offset=40
      local.get 4
      local.get 4
      i64.load offset=52 align=4
      i64.store offset=16
      local.get 4
      local.get 4
      i64.load offset=40 align=4
      i64.store
      local.get 4
      i32.const 28
      i32.add
      local.get 4
      i32.const 16
      i32.add
      local.get 4
      local.get 3
      i32.const 1
      i32.add
      call $trace
      local.get 0
      local.get 13
      f32.const 0x1p+0 (;=1;)
      local.get 16
      f32.sub
      local.tee 16
      f32.mul
      local.get 19
      f32.load offset=16
      local.tee 13
      local.get 4
      f32.load offset=36
      f32.mul
      f32.add
      f32.store offset=8
      local.get 0
      local.get 14
      local.get 16
      f32.mul
      local.get 13
      local.get 4
      f32.load offset=32
      f32.mul
      f32.add
      f32.store offset=4
      local.get 0
      local.get 15
      local.get 16
      f32.mul
      local.get 13
      local.get 4
      f32.load offset=28
      f32.mul
      f32.add
      f32.store
    end
    local.get 4
    i32.const 64
    i32.add
    global.set $__stack_pointer))
