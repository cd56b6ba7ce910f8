;; sortNumbers of quicksort.c
(module
  (type (func (param i32 i32 i32)))
  (memory 2)
  (func $sortNumbers (export "sortNumbers") (type 0) (param i32 i32 i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    block
      local.get 2
      local.get 1
      i32.sub
      local.tee 3
      i32.const 17
      i32.lt_s
      br_if 0
      local.get 0
      i32.const -4
      i32.add
      local.set 4
      loop
        local.get 1
        local.set 5
        local.get 2
        local.set 6
        block
          local.get 1
          local.get 2
          i32.gt_s
          br_if 0
          local.get 0
          local.get 1
          i32.const 2
          i32.shl
          i32.add
          local.get 3
          i32.const 1
          i32.shl
          i32.const -4
          i32.and
          i32.add
          i32.load
          local.set 7
          local.get 2
          local.set 6
          local.get 1
          local.set 5
          loop
            local.get 4
            local.get 5
            i32.const 2
            i32.shl
            i32.add
            local.set 8
            local.get 5
            local.set 9
            loop
              local.get 9
              i32.const 1
              i32.add
              local.set 9
              local.get 8
              i32.const 4
              i32.add
              local.tee 8
              i32.load
              local.tee 10
              local.get 7
              i32.lt_s
              br_if 0
            end
            local.get 9
            i32.const -1
            i32.add
            local.set 5
            local.get 0
            local.get 6
            i32.const 2
            i32.shl
            i32.add
            local.set 3
            local.get 6
            local.set 11
            loop
              local.get 11
              i32.const -1
              i32.add
              local.set 11
              local.get 3
              i32.load
              local.set 12
              local.get 3
              i32.const -4
              i32.add
              local.tee 13
              local.set 3
              local.get 12
              local.get 7
              i32.gt_s
              br_if 0
            end
            block
              local.get 5
              local.get 11
              i32.const 1
              i32.add
              local.tee 6
              i32.gt_s
              br_if 0
              local.get 8
              local.get 12
              i32.store
              local.get 13
              i32.const 4
              i32.add
              local.get 10
              i32.store
              local.get 9
              local.set 5
              local.get 11
              local.set 6
            end
            local.get 5
            local.get 6
            i32.le_s
            br_if 0
          end
        end
        block
          block
            local.get 6
            local.get 1
            i32.sub
            local.tee 9
            local.get 2
            local.get 5
            i32.sub
            local.tee 3
            i32.ge_s
            br_if 0
            local.get 0
            local.get 1
            local.get 6
            call $sortNumbers
            local.get 5
            local.set 1
            br 1
          end
          local.get 0
          local.get 5
          local.get 2
          call $sortNumbers
          local.get 9
          local.set 3
          local.get 6
          local.set 2
        end
        local.get 3
        i32.const 16
        i32.gt_s
        br_if 0
      end
    end
    block
      local.get 1
      local.get 2
      i32.ge_s
      br_if 0
      local.get 0
      i32.const 4
      i32.add
      local.set 13
      local.get 0
      local.get 1
      i32.const 2
      i32.shl
      i32.add
      local.set 10
      local.get 1
      local.set 7
      loop
        local.get 0
        local.get 7
        local.tee 9
        i32.const 1
        i32.add
        local.tee 7
        i32.const 2
        i32.shl
        i32.add
        i32.load
        local.set 8
        block
          block
            local.get 9
            local.get 1
            i32.ge_s
            br_if 0
            local.get 9
            local.set 12
            br 1
          end
          local.get 10
          local.set 3
          loop
            block
              local.get 3
              i32.load
              local.tee 11
              local.get 8
              i32.gt_s
              br_if 0
              local.get 9
              local.set 12
              br 2
            end
            local.get 3
            i32.const 4
            i32.add
            local.get 11
            i32.store
            local.get 3
            i32.const -4
            i32.add
            local.set 3
            local.get 9
            local.get 1
            i32.gt_s
            local.set 11
            local.get 9
            i32.const -1
            i32.add
            local.tee 12
            local.set 9
            local.get 11
            br_if 0
          end
        end
        local.get 13
        local.get 12
        i32.const 2
        i32.shl
        i32.add
        local.get 8
        i32.store
        local.get 10
        i32.const 4
        i32.add
        local.set 10
        local.get 7
        local.get 2
        i32.ne
        br_if 0
      end
    end))
