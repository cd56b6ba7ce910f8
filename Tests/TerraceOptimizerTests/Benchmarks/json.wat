;; parseString of json.c
(module
  (type (func (result i32)))
  (memory 2)
  (func $parseString (export "parseString") (type 0) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    i32.const 0
    i32.load offset=3880
    local.set 0
    i32.const 0
    i32.load offset=3876
    local.tee 1
    local.set 2
    loop (result i32)
      block
        block
          block
            block
              local.get 0
              i32.load8_u offset=1
              local.tee 3
              i32.const 92
              i32.eq
              br_if 0
              local.get 3
              i32.const 34
              i32.eq
              br_if 1
              local.get 0
              i32.const 1
              i32.add
              local.set 0
              local.get 2
              local.get 3
              i32.store8
              local.get 2
              i32.const 1
              i32.add
              local.set 2
              br 4
            end
            local.get 0
            i32.const 2
            i32.add
            local.set 3
            block
              block
                block
                  block
                    local.get 0
                    i32.load8_u offset=2
                    local.tee 4
                    i32.const -110
                    i32.add
                    br_table 0 3 3 3 3 3 1 2 3
                  end
                  local.get 2
                  i32.const 10
                  i32.store8
                  br 5
                end
                local.get 2
                i32.const 9
                i32.store8
                br 4
              end
              local.get 0
              i32.load8_s offset=4
              local.set 3
              local.get 0
              i32.load8_s offset=3
              local.set 4
              local.get 0
              i32.load8_s offset=5
              local.set 5
              local.get 0
              i32.const 6
              i32.add
              local.tee 0
              i32.load8_s
              local.tee 6
              i32.const -48
              i32.add
              local.get 6
              i32.const 32
              i32.or
              i32.const -87
              i32.add
              local.get 6
              i32.const 58
              i32.lt_s
              select
              local.get 5
              i32.const 268435408
              i32.add
              local.get 5
              i32.const 32
              i32.or
              i32.const 268435369
              i32.add
              local.get 5
              i32.const 58
              i32.lt_s
              select
              local.get 4
              i32.const 1048528
              i32.add
              local.get 4
              i32.const 32
              i32.or
              i32.const 1048489
              i32.add
              local.get 4
              i32.const 58
              i32.lt_s
              select
              i32.const 8
              i32.shl
              local.get 3
              i32.const 16777168
              i32.add
              local.get 3
              i32.const 32
              i32.or
              i32.const 16777129
              i32.add
              local.get 3
              i32.const 58
              i32.lt_s
              select
              i32.const 4
              i32.shl
              i32.add
              i32.add
              i32.const 4
              i32.shl
              i32.add
              local.tee 3
              i32.const 128
              i32.lt_u
              br_if 2
              block
                local.get 3
                i32.const 2047
                i32.gt_u
                br_if 0
                local.get 2
                local.get 3
                i32.const 63
                i32.and
                i32.const 128
                i32.or
                i32.store8 offset=1
                local.get 2
                local.get 3
                i32.const 6
                i32.shr_u
                i32.const 192
                i32.or
                i32.store8
                local.get 2
                i32.const 2
                i32.add
                local.set 2
                br 5
              end
              local.get 2
              local.get 3
              i32.const 63
              i32.and
              i32.const 128
              i32.or
              i32.store8 offset=2
              local.get 2
              local.get 3
              i32.const 12
              i32.shr_u
              i32.const 224
              i32.or
              i32.store8
              local.get 2
              local.get 3
              i32.const 6
              i32.shr_u
              i32.const 63
              i32.and
              i32.const 128
              i32.or
              i32.store8 offset=1
              local.get 2
              i32.const 3
              i32.add
              local.set 2
              br 4
            end
            local.get 2
            local.get 4
            i32.store8
            br 2
          end
          i32.const 0
          local.get 0
          i32.const 2
          i32.add
          i32.store offset=3880
          local.get 2
          i32.const 0
          i32.store8
          i32.const 0
          local.get 1
          local.get 2
          local.get 1
          i32.sub
          i32.const 8
          i32.add
          i32.const -8
          i32.and
          i32.add
          i32.store offset=3876
          local.get 1
          return
        end
        local.get 2
        local.get 3
        i32.store8
        local.get 2
        i32.const 1
        i32.add
        local.set 2
        br 1
      end
      local.get 2
      i32.const 1
      i32.add
      local.set 2
      local.get 3
      local.set 0
      br 0
    end))
