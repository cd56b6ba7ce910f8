;; main of nbody.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 71072))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i64 f64 f64 i64 i32 i32 i32 f64 f64 f64 f64 i32 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 i32 i32 i32 i32 f64 f64 f64)
    global.get $__stack_pointer
    i32.const 32
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 15000000
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
    i64.load offset=3408
    local.set 4
    f64.const 0x0p+0 (;=0;)
    local.set 5
    i32.const -280
    local.set 0
    loop
      local.get 0
      i32.const 3944
      i32.add
      local.set 1
      block
        block
          local.get 0
          i32.const -280
          i32.ne
          br_if 0
          local.get 1
          i64.const 0
          i64.store
          local.get 1
          i32.const 40
          i32.add
          i64.const 0
          i64.store
          local.get 1
          i32.const 32
          i32.add
          i64.const 0
          i64.store
          local.get 1
          i32.const 24
          i32.add
          i64.const 0
          i64.store
          local.get 1
          i32.const 16
          i32.add
          i64.const 0
          i64.store
          local.get 1
          i32.const 8
          i32.add
          i64.const 0
          i64.store
          f64.const 0x1.3bd3cc9be45dep+5 (;=39.4784;)
          local.set 6
          br 1
        end
        local.get 1
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
        f64.const 0x1.4p+4 (;=20;)
        f64.mul
        local.get 5
        f64.mul
        f64.store
        local.get 0
        i32.const 3968
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
        f64.const 0x1.8p+1 (;=3;)
        f64.mul
        f64.store
        local.get 0
        i32.const 3952
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
        f64.const 0x1.4p+4 (;=20;)
        f64.mul
        local.get 5
        f64.mul
        f64.store
        local.get 0
        i32.const 3976
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
        f64.const 0x1.8p+1 (;=3;)
        f64.mul
        f64.store
        local.get 0
        i32.const 3960
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
        f64.const 0x1.4p+4 (;=20;)
        f64.mul
        local.get 5
        f64.mul
        f64.store
        i32.const 0
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
        local.tee 7
        i64.const 12
        i64.shr_u
        local.get 7
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
        i64.store offset=3408
        local.get 0
        i32.const 3984
        i32.add
        local.get 7
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
        f64.const 0x1.8p+1 (;=3;)
        f64.mul
        f64.store
        local.get 4
        i64.const -7046029254386353131
        i64.mul
        i64.const 40
        i64.shr_u
        i32.wrap_i64
        f64.convert_i32_u
        f64.const 0x1p-24 (;=5.96046e-08;)
        f64.mul
        f64.const 0x1.47ae147ae147bp-5 (;=0.04;)
        f64.mul
        f64.const 0x1.47ae147ae147bp-7 (;=0.01;)
        f64.add
        local.set 6
      end
      local.get 0
      i32.const 3992
      i32.add
      local.get 6
      f64.store
      local.get 5
      f64.const 0x1p+0 (;=1;)
      f64.add
      local.set 5
      local.get 0
      i32.const 56
      i32.add
      local.tee 0
      br_if 0
    end
    i32.const 0
    local.set 8
    f64.const 0x0p+0 (;=0;)
    local.set 5
    i32.const 4
    local.set 9
    i32.const 3768
    local.set 10
    loop
      local.get 5
      local.get 8
      i32.const 56
      i32.mul
      local.tee 0
      f64.load offset=3712
      local.tee 11
      f64.const 0x1p-1 (;=0.5;)
      f64.mul
      local.get 0
      f64.load offset=3688
      local.tee 6
      local.get 6
      f64.mul
      local.get 0
      f64.load offset=3696
      local.tee 6
      local.get 6
      f64.mul
      f64.add
      local.get 0
      f64.load offset=3704
      local.tee 6
      local.get 6
      f64.mul
      f64.add
      f64.mul
      f64.add
      local.set 5
      block
        local.get 8
        i32.const 3
        i32.gt_u
        br_if 0
        local.get 0
        i32.const 3664
        i32.add
        local.tee 0
        f64.load offset=16
        local.set 12
        local.get 0
        f64.load offset=8
        local.set 13
        local.get 0
        f64.load
        local.set 14
        local.get 10
        local.set 0
        local.get 9
        local.set 1
        loop
          local.get 5
          local.get 11
          local.get 0
          f64.load
          f64.mul
          local.get 14
          local.get 0
          i32.const -48
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          local.get 13
          local.get 0
          i32.const -40
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          f64.add
          local.get 12
          local.get 0
          i32.const -32
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          f64.add
          f64.sqrt
          f64.div
          f64.sub
          local.set 5
          local.get 0
          i32.const 56
          i32.add
          local.set 0
          local.get 1
          i32.const -1
          i32.add
          local.tee 1
          br_if 0
        end
      end
      local.get 10
      i32.const 56
      i32.add
      local.set 10
      local.get 9
      i32.const -1
      i32.add
      local.set 9
      local.get 8
      i32.const 1
      i32.add
      local.tee 8
      i32.const 5
      i32.ne
      br_if 0
    end
    local.get 2
    local.get 5
    f64.store offset=16
    i32.const 1078
    local.get 2
    i32.const 16
    i32.add
    call $printf
    drop
    i32.const 0
    local.set 15
    block
      local.get 3
      i32.const 0
      i32.le_s
      br_if 0
      i32.const 0
      f64.load offset=3664
      local.set 16
      i32.const 0
      f64.load offset=3672
      local.set 17
      i32.const 0
      f64.load offset=3680
      local.set 18
      i32.const 0
      f64.load offset=3720
      local.set 19
      i32.const 0
      f64.load offset=3728
      local.set 20
      i32.const 0
      f64.load offset=3736
      local.set 21
      i32.const 0
      f64.load offset=3776
      local.set 22
      i32.const 0
      f64.load offset=3784
      local.set 23
      i32.const 0
      f64.load offset=3792
      local.set 24
      i32.const 0
      f64.load offset=3832
      local.set 25
      i32.const 0
      f64.load offset=3840
      local.set 26
      i32.const 0
      f64.load offset=3848
      local.set 27
      i32.const 0
      f64.load offset=3888
      local.set 28
      i32.const 0
      f64.load offset=3896
      local.set 29
      i32.const 0
      f64.load offset=3904
      local.set 30
      i32.const 0
      local.set 31
      loop
        i32.const 4
        local.set 32
        i32.const 3664
        local.set 33
        i32.const 0
        local.set 34
        loop
          block
            local.get 34
            i32.const 3
            i32.gt_u
            br_if 0
            local.get 34
            i32.const 56
            i32.mul
            local.tee 0
            i32.const 3664
            i32.add
            local.set 1
            local.get 0
            f64.load offset=3712
            local.set 14
            local.get 0
            f64.load offset=3680
            local.set 35
            local.get 0
            f64.load offset=3672
            local.set 36
            local.get 0
            f64.load offset=3664
            local.set 37
            local.get 33
            local.set 0
            local.get 32
            local.set 8
            loop
              local.get 1
              local.get 1
              f64.load offset=24
              local.get 37
              local.get 0
              i32.const 56
              i32.add
              local.tee 10
              f64.load
              f64.sub
              local.tee 5
              local.get 0
              i32.const 104
              i32.add
              f64.load
              f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
              local.get 5
              local.get 5
              f64.mul
              local.get 36
              local.get 0
              i32.const 64
              i32.add
              f64.load
              f64.sub
              local.tee 6
              local.get 6
              f64.mul
              f64.add
              local.get 35
              local.get 0
              i32.const 72
              i32.add
              f64.load
              f64.sub
              local.tee 11
              local.get 11
              f64.mul
              f64.add
              local.tee 12
              local.get 12
              f64.sqrt
              f64.mul
              f64.div
              local.tee 13
              f64.mul
              local.tee 12
              f64.mul
              f64.sub
              f64.store offset=24
              local.get 1
              local.get 1
              f64.load offset=32
              local.get 6
              local.get 12
              f64.mul
              f64.sub
              f64.store offset=32
              local.get 1
              local.get 1
              f64.load offset=40
              local.get 11
              local.get 12
              f64.mul
              f64.sub
              f64.store offset=40
              local.get 0
              i32.const 80
              i32.add
              local.tee 9
              local.get 5
              local.get 14
              local.get 13
              f64.mul
              local.tee 12
              f64.mul
              local.get 9
              f64.load
              f64.add
              f64.store
              local.get 0
              i32.const 88
              i32.add
              local.tee 9
              local.get 6
              local.get 12
              f64.mul
              local.get 9
              f64.load
              f64.add
              f64.store
              local.get 0
              i32.const 96
              i32.add
              local.tee 0
              local.get 11
              local.get 12
              f64.mul
              local.get 0
              f64.load
              f64.add
              f64.store
              local.get 10
              local.set 0
              local.get 8
              i32.const -1
              i32.add
              local.tee 8
              br_if 0
            end
          end
          local.get 33
          i32.const 56
          i32.add
          local.set 33
          local.get 32
          i32.const -1
          i32.add
          local.set 32
          local.get 34
          i32.const 1
          i32.add
          local.tee 34
          i32.const 5
          i32.ne
          br_if 0
        end
        i32.const 0
        local.get 16
        i32.const 0
        f64.load offset=3688
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 16
        f64.store offset=3664
        i32.const 0
        local.get 17
        i32.const 0
        f64.load offset=3696
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 17
        f64.store offset=3672
        i32.const 0
        local.get 18
        i32.const 0
        f64.load offset=3704
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 18
        f64.store offset=3680
        i32.const 0
        local.get 19
        i32.const 0
        f64.load offset=3744
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 19
        f64.store offset=3720
        i32.const 0
        local.get 20
        i32.const 0
        f64.load offset=3752
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 20
        f64.store offset=3728
        i32.const 0
        local.get 21
        i32.const 0
        f64.load offset=3760
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 21
        f64.store offset=3736
        i32.const 0
        local.get 22
        i32.const 0
        f64.load offset=3800
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 22
        f64.store offset=3776
        i32.const 0
        local.get 23
        i32.const 0
        f64.load offset=3808
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 23
        f64.store offset=3784
        i32.const 0
        local.get 24
        i32.const 0
        f64.load offset=3816
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 24
        f64.store offset=3792
        i32.const 0
        local.get 25
        i32.const 0
        f64.load offset=3856
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 25
        f64.store offset=3832
        i32.const 0
        local.get 26
        i32.const 0
        f64.load offset=3864
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 26
        f64.store offset=3840
        i32.const 0
        local.get 27
        i32.const 0
        f64.load offset=3872
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 27
        f64.store offset=3848
        i32.const 0
        local.get 28
        i32.const 0
        f64.load offset=3912
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 28
        f64.store offset=3888
        i32.const 0
        local.get 29
        i32.const 0
        f64.load offset=3920
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 29
        f64.store offset=3896
        i32.const 0
        local.get 30
        i32.const 0
        f64.load offset=3928
        f64.const 0x1.0624dd2f1a9fcp-10 (;=0.001;)
        f64.mul
        f64.add
        local.tee 30
        f64.store offset=3904
        local.get 31
        i32.const 1
        i32.add
        local.tee 31
        local.get 3
        i32.ne
        br_if 0
      end
    end
    f64.const 0x0p+0 (;=0;)
    local.set 5
    i32.const 4
    local.set 8
    i32.const 3768
    local.set 10
    loop
      local.get 5
      local.get 15
      i32.const 56
      i32.mul
      local.tee 0
      f64.load offset=3712
      local.tee 11
      f64.const 0x1p-1 (;=0.5;)
      f64.mul
      local.get 0
      f64.load offset=3688
      local.tee 6
      local.get 6
      f64.mul
      local.get 0
      f64.load offset=3696
      local.tee 6
      local.get 6
      f64.mul
      f64.add
      local.get 0
      f64.load offset=3704
      local.tee 6
      local.get 6
      f64.mul
      f64.add
      f64.mul
      f64.add
      local.set 5
      block
        local.get 15
        i32.const 3
        i32.gt_u
        br_if 0
        local.get 0
        i32.const 3664
        i32.add
        local.tee 0
        f64.load offset=16
        local.set 12
        local.get 0
        f64.load offset=8
        local.set 13
        local.get 0
        f64.load
        local.set 14
        local.get 10
        local.set 0
        local.get 8
        local.set 1
        loop
          local.get 5
          local.get 11
          local.get 0
          f64.load
          f64.mul
          local.get 14
          local.get 0
          i32.const -48
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          local.get 13
          local.get 0
          i32.const -40
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          f64.add
          local.get 12
          local.get 0
          i32.const -32
          i32.add
          f64.load
          f64.sub
          local.tee 6
          local.get 6
          f64.mul
          f64.add
          f64.sqrt
          f64.div
          f64.sub
          local.set 5
          local.get 0
          i32.const 56
          i32.add
          local.set 0
          local.get 1
          i32.const -1
          i32.add
          local.tee 1
          br_if 0
        end
      end
      local.get 10
      i32.const 56
      i32.add
      local.set 10
      local.get 8
      i32.const -1
      i32.add
      local.set 8
      local.get 15
      i32.const 1
      i32.add
      local.tee 15
      i32.const 5
      i32.ne
      br_if 0
    end
    local.get 2
    local.get 5
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
