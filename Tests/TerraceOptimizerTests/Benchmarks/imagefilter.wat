;; main of imagefilter.c
(module
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32) (result i32)))
  (import "c" "atoi" (func $atoi (type 1)))
  (import "c" "printf" (func $printf (type 0)))
  (memory 2)
  (global $__stack_pointer (mut i32) (i32.const 2432160))
  (func $main (export "main") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i64 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    i32.const 300
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
    i64.load offset=3424
    local.set 4
    i32.const -786432
    local.set 0
    loop
      local.get 0
      i32.const 790112
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
      i64.const 56
      i64.shr_u
      i64.store8
      local.get 0
      i32.const 790113
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
      i64.const 56
      i64.shr_u
      i64.store8
      local.get 0
      i32.const 2
      i32.add
      local.tee 0
      br_if 0
    end
    i32.const 0
    local.set 5
    i32.const 0
    local.get 4
    i64.store offset=3424
    block
      local.get 3
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 0
      local.set 6
      i32.const 0
      local.set 5
      loop
        i32.const 1
        local.set 7
        i32.const 3680
        local.set 8
        i32.const 791137
        local.set 9
        loop
          i32.const -1024
          local.set 10
          i32.const 2362976
          local.set 1
          loop
            local.get 1
            local.get 8
            local.get 10
            i32.add
            local.tee 0
            i32.const 2048
            i32.add
            i32.load8_u
            i32.const 1
            i32.shl
            local.get 0
            i32.const 1024
            i32.add
            i32.load8_u
            i32.add
            local.get 0
            i32.const 3072
            i32.add
            i32.load8_u
            i32.add
            i32.store16
            local.get 1
            i32.const 2
            i32.add
            local.get 0
            i32.const 2049
            i32.add
            i32.load8_u
            i32.const 1
            i32.shl
            local.get 0
            i32.const 1025
            i32.add
            i32.load8_u
            i32.add
            local.get 0
            i32.const 3073
            i32.add
            i32.load8_u
            i32.add
            i32.store16
            local.get 1
            i32.const 4
            i32.add
            local.set 1
            local.get 10
            i32.const 2
            i32.add
            local.tee 10
            br_if 0
          end
          i32.const 0
          i32.load16_u offset=2362978
          local.set 10
          i32.const 0
          i32.load16_u offset=2362976
          local.set 11
          i32.const -2044
          local.set 0
          local.get 9
          local.set 1
          loop
            local.get 1
            local.get 11
            local.get 10
            i32.const 1
            i32.shl
            i32.add
            local.get 0
            i32.const 2365024
            i32.add
            i32.load16_u
            local.tee 11
            i32.add
            i32.const 8
            i32.add
            i32.const 4
            i32.shr_u
            i32.store8
            local.get 1
            i32.const 1
            i32.add
            local.get 10
            local.get 11
            i32.const 1
            i32.shl
            i32.add
            local.get 0
            i32.const 2365026
            i32.add
            i32.load16_u
            local.tee 10
            i32.add
            i32.const 8
            i32.add
            i32.const 4
            i32.shr_u
            i32.store8
            local.get 1
            i32.const 2
            i32.add
            local.set 1
            local.get 0
            i32.const 4
            i32.add
            local.tee 0
            br_if 0
          end
          local.get 9
          i32.const 1024
          i32.add
          local.set 9
          local.get 8
          i32.const 1024
          i32.add
          local.set 8
          local.get 7
          i32.const 1
          i32.add
          local.tee 7
          i32.const 767
          i32.ne
          br_if 0
        end
        i32.const -786432
        local.set 0
        loop
          local.get 0
          i32.const 2362976
          i32.add
          local.get 0
          i32.const 790112
          i32.add
          i32.load8_u
          local.tee 1
          local.get 0
          i32.const 1576544
          i32.add
          i32.load8_u
          i32.sub
          i32.const 2
          i32.div_s
          i32.extend16_s
          local.get 1
          i32.add
          local.tee 1
          i32.const 0
          local.get 1
          i32.const 0
          i32.gt_s
          select
          local.tee 1
          i32.const 255
          local.get 1
          i32.const 255
          i32.lt_s
          select
          i32.store8
          local.get 0
          i32.const 1
          i32.add
          local.tee 0
          br_if 0
        end
        i32.const 216
        local.get 6
        i32.const 100
        i32.rem_u
        local.tee 0
        i32.sub
        local.set 1
        local.get 0
        i32.const 40
        i32.add
        local.set 10
        i32.const -786432
        local.set 0
        loop
          local.get 0
          i32.const 790112
          i32.add
          local.tee 11
          local.get 1
          local.get 11
          i32.load8_u
          i32.mul
          local.get 10
          local.get 0
          i32.const 2362976
          i32.add
          i32.load8_u
          i32.mul
          i32.add
          i32.const 8
          i32.shr_u
          i32.store8
          local.get 0
          i32.const 790113
          i32.add
          local.tee 11
          local.get 1
          local.get 11
          i32.load8_u
          i32.mul
          local.get 10
          local.get 0
          i32.const 2362977
          i32.add
          i32.load8_u
          i32.mul
          i32.add
          i32.const 8
          i32.shr_u
          i32.store8
          local.get 0
          i32.const 2
          i32.add
          local.tee 0
          br_if 0
        end
        i32.const 0
        local.set 10
        i32.const -786432
        local.set 0
        loop
          local.get 10
          local.get 0
          i32.const 790112
          i32.add
          i32.load8_u
          local.get 6
          i32.const 255
          i32.and
          local.tee 1
          i32.gt_u
          i32.add
          local.get 0
          i32.const 790113
          i32.add
          i32.load8_u
          local.get 1
          i32.gt_u
          i32.add
          local.get 0
          i32.const 790114
          i32.add
          i32.load8_u
          local.get 1
          i32.gt_u
          i32.add
          local.get 0
          i32.const 790115
          i32.add
          i32.load8_u
          local.get 1
          i32.gt_u
          i32.add
          local.set 10
          local.get 0
          i32.const 4
          i32.add
          local.tee 0
          br_if 0
        end
        local.get 10
        local.get 5
        i32.add
        local.set 5
        local.get 6
        i32.const 1
        i32.add
        local.tee 6
        local.get 3
        i32.ne
        br_if 0
      end
    end
    i32.const -2128831035
    local.set 1
    i32.const -786432
    local.set 0
    loop
      local.get 1
      local.get 0
      i32.const 790112
      i32.add
      i32.load8_u
      i32.xor
      i32.const 16777619
      i32.mul
      local.get 0
      i32.const 790113
      i32.add
      i32.load8_u
      i32.xor
      i32.const 16777619
      i32.mul
      local.get 0
      i32.const 790114
      i32.add
      i32.load8_u
      i32.xor
      i32.const 16777619
      i32.mul
      local.get 0
      i32.const 790115
      i32.add
      i32.load8_u
      i32.xor
      i32.const 16777619
      i32.mul
      local.set 1
      local.get 0
      i32.const 4
      i32.add
      local.tee 0
      br_if 0
    end
    local.get 2
    local.get 1
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
