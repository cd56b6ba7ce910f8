;; arctangent of bigint.c
(module
  (type (func (param i32 i32 i32 i32)))
  (memory 2)
  (func $arctangent (export "arctangent") (type 0) (param i32 i32 i32 i32)
    (local i32 i64 i32 i64 i32 i32 i64 i32 i32 i32 i32 i32 i32 i64)
    block
      i32.const 8192
      i32.eqz
      br_if 0
      i32.const 11952
      i32.const 0
      i32.const 8192
      memory.fill
    end
    i32.const 0
    local.get 1
    i32.store offset=11952
    block
      block
        local.get 0
        i32.const 1
        i32.lt_s
        br_if 0
        local.get 0
        i32.const 1
        i32.and
        local.set 4
        local.get 2
        i64.extend_i32_u
        local.set 5
        block
          block
            local.get 0
            i32.const -1
            i32.add
            local.tee 6
            br_if 0
            i64.const 0
            local.set 7
            i32.const 0
            local.set 8
            br 1
          end
          local.get 0
          i32.const 2147483646
          i32.and
          local.set 9
          i64.const 0
          local.set 7
          i32.const 0
          local.set 8
          i32.const 11952
          local.set 1
          loop
            local.get 1
            local.get 7
            i64.const 32
            i64.shl
            local.get 1
            i64.load32_u
            i64.or
            local.tee 7
            local.get 5
            i64.div_u
            local.tee 10
            i64.store32
            local.get 1
            i32.const 4
            i32.add
            local.tee 11
            local.get 7
            local.get 10
            local.get 5
            i64.mul
            i64.sub
            i64.const 32
            i64.shl
            local.get 11
            i64.load32_u
            i64.or
            local.tee 7
            local.get 5
            i64.div_u
            local.tee 10
            i64.store32
            local.get 7
            local.get 10
            local.get 5
            i64.mul
            i64.sub
            local.set 7
            local.get 1
            i32.const 8
            i32.add
            local.set 1
            local.get 9
            local.get 8
            i32.const 2
            i32.add
            local.tee 8
            i32.ne
            br_if 0
          end
          local.get 7
          i64.const 32
          i64.shl
          local.set 7
        end
        block
          local.get 4
          i32.eqz
          br_if 0
          local.get 8
          i32.const 2
          i32.shl
          local.tee 1
          local.get 7
          local.get 1
          i64.load32_u offset=11952
          i64.or
          local.get 5
          i64.div_u
          i64.store32 offset=11952
        end
        block
          local.get 0
          i32.const 2
          i32.shl
          local.tee 12
          i32.eqz
          local.tee 13
          br_if 0
          i32.const 20144
          i32.const 11952
          local.get 12
          memory.copy
        end
        local.get 0
        i32.const 1
        i32.add
        local.set 14
        local.get 0
        i32.const 2147483646
        i32.and
        local.set 4
        local.get 0
        i32.const 1
        i32.and
        local.set 15
        local.get 12
        i32.const -4
        i32.add
        local.set 16
        local.get 2
        local.get 2
        i32.mul
        i64.extend_i32_u
        local.set 7
        i32.const 1
        local.set 2
        loop
          local.get 2
          i64.extend_i32_u
          local.set 5
          block
            block
              local.get 6
              br_if 0
              i32.const 0
              local.set 8
              i64.const 0
              local.set 10
              br 1
            end
            i64.const 0
            local.set 10
            i32.const 0
            local.set 8
            i32.const 20144
            local.set 1
            loop
              local.get 1
              local.get 10
              i64.const 32
              i64.shl
              local.get 1
              i64.load32_u
              i64.or
              local.tee 10
              local.get 5
              i64.div_u
              local.tee 17
              i64.store32
              local.get 1
              i32.const 4
              i32.add
              local.tee 11
              local.get 10
              local.get 17
              local.get 5
              i64.mul
              i64.sub
              i64.const 32
              i64.shl
              local.get 11
              i64.load32_u
              i64.or
              local.tee 10
              local.get 5
              i64.div_u
              local.tee 17
              i64.store32
              local.get 10
              local.get 17
              local.get 5
              i64.mul
              i64.sub
              local.set 10
              local.get 1
              i32.const 8
              i32.add
              local.set 1
              local.get 4
              local.get 8
              i32.const 2
              i32.add
              local.tee 8
              i32.ne
              br_if 0
            end
            local.get 10
            i64.const 32
            i64.shl
            local.set 10
          end
          block
            local.get 15
            i32.eqz
            br_if 0
            local.get 8
            i32.const 2
            i32.shl
            local.tee 1
            local.get 10
            local.get 1
            i64.load32_u offset=20144
            i64.or
            local.get 5
            i64.div_u
            i64.store32 offset=20144
          end
          i64.const 0
          local.set 5
          local.get 16
          local.set 1
          local.get 14
          local.set 8
          loop
            local.get 1
            i32.const 3760
            i32.add
            local.tee 11
            local.get 5
            local.get 11
            i64.load32_u
            i64.add
            i64.const 0
            local.get 1
            i32.const 20144
            i32.add
            i64.load32_u
            local.tee 5
            i64.sub
            local.get 5
            local.get 3
            select
            i64.add
            local.tee 5
            i64.store32
            local.get 5
            i64.const 32
            i64.shr_s
            local.set 5
            local.get 1
            i32.const -4
            i32.add
            local.set 1
            local.get 8
            i32.const -1
            i32.add
            local.tee 8
            i32.const 1
            i32.gt_u
            br_if 0
          end
          i64.const 0
          local.set 5
          i32.const 0
          local.set 8
          i32.const 11952
          local.set 1
          local.get 0
          local.set 11
          loop
            local.get 1
            local.get 5
            i64.const 32
            i64.shl
            local.get 1
            i64.load32_u
            i64.or
            local.tee 5
            local.get 7
            i64.div_u
            local.tee 10
            i32.wrap_i64
            local.tee 9
            i32.store
            local.get 5
            local.get 10
            local.get 7
            i64.mul
            i64.sub
            local.set 5
            local.get 1
            i32.const 4
            i32.add
            local.set 1
            local.get 8
            local.get 9
            i32.or
            local.set 8
            local.get 11
            i32.const -1
            i32.add
            local.tee 11
            br_if 0
          end
          local.get 8
          i32.eqz
          br_if 2
          block
            local.get 13
            br_if 0
            i32.const 20144
            i32.const 11952
            local.get 12
            memory.copy
          end
          local.get 3
          i32.const 1
          i32.xor
          local.set 3
          local.get 2
          i32.const 2
          i32.add
          local.set 2
          br 0
        end
      end
      local.get 0
      i32.const 2
      i32.shl
      local.tee 1
      i32.eqz
      br_if 0
      i32.const 20144
      i32.const 11952
      local.get 1
      memory.copy
    end))
