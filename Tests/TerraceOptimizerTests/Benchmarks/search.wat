;; matchHere of search.c
(module
  (type (func (param i32 i32) (result i32)))
  (memory 2)
  (func $matchHere (export "matchHere") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    local.get 0
    i32.load8_u
    local.set 2
    loop (result i32)
      block
        block
          block
            block
              local.get 2
              i32.const 255
              i32.and
              local.tee 3
              i32.const 36
              i32.eq
              br_if 0
              local.get 3
              br_if 1
              local.get 1
              return
            end
            local.get 1
            i32.load8_u
            local.set 4
            local.get 0
            i32.load8_u offset=1
            br_if 1
            i32.const 0
            local.get 1
            local.get 4
            i32.const 255
            i32.and
            select
            return
          end
          local.get 1
          i32.load8_s
          local.set 4
          local.get 3
          i32.const 91
          i32.ne
          br_if 0
          i32.const 0
          local.set 5
          block
            local.get 0
            i32.const 2
            i32.const 1
            local.get 0
            i32.load8_u offset=1
            i32.const 94
            i32.eq
            local.tee 6
            select
            i32.add
            local.tee 7
            i32.load8_u
            local.tee 3
            i32.const 93
            i32.eq
            br_if 0
            i32.const 0
            local.set 5
            loop
              block
                block
                  local.get 7
                  i32.load8_u offset=1
                  local.tee 8
                  i32.const 45
                  i32.ne
                  br_if 0
                  local.get 7
                  i32.load8_s offset=2
                  local.tee 9
                  i32.const 93
                  i32.eq
                  br_if 0
                  local.get 4
                  local.get 3
                  i32.extend8_s
                  i32.ge_s
                  local.get 4
                  local.get 9
                  i32.le_s
                  i32.and
                  local.set 9
                  local.get 7
                  i32.load8_u offset=3
                  local.set 3
                  local.get 7
                  i32.const 2
                  i32.add
                  local.set 7
                  br 1
                end
                local.get 4
                i32.const 255
                i32.and
                local.get 3
                i32.const 255
                i32.and
                i32.eq
                local.set 9
                local.get 8
                local.set 3
              end
              local.get 7
              i32.const 1
              i32.add
              local.set 7
              local.get 5
              local.get 9
              i32.or
              local.set 5
              local.get 3
              i32.const 255
              i32.and
              i32.const 93
              i32.ne
              br_if 0
            end
          end
          local.get 4
          i32.const 0
          i32.ne
          local.get 5
          local.get 6
          i32.ne
          i32.and
          local.set 5
          i32.const 1
          local.set 10
          br 1
        end
        i32.const 0
        local.set 10
        block
          block
            local.get 4
            i32.const 255
            i32.and
            local.tee 5
            br_if 0
            i32.const 0
            local.set 5
            br 1
          end
          local.get 3
          i32.const 46
          i32.eq
          local.get 3
          local.get 5
          i32.eq
          i32.or
          local.set 5
        end
        local.get 0
        local.set 7
      end
      block
        block
          block
            block
              local.get 7
              i32.load8_u offset=1
              local.tee 3
              i32.const -42
              i32.add
              local.tee 9
              i32.const 21
              i32.gt_u
              br_if 0
              i32.const 1
              local.get 9
              i32.shl
              i32.const 2097155
              i32.and
              i32.eqz
              br_if 0
              local.get 3
              i32.const 43
              i32.eq
              local.set 11
              i32.const 0
              local.set 12
              local.get 3
              i32.const 63
              i32.eq
              local.set 13
              block
                loop
                  local.get 1
                  i32.load8_s
                  local.set 6
                  block
                    block
                      local.get 10
                      i32.eqz
                      br_if 0
                      i32.const 0
                      local.set 9
                      block
                        local.get 0
                        i32.const 2
                        i32.const 1
                        local.get 0
                        i32.load8_u offset=1
                        i32.const 94
                        i32.eq
                        local.tee 14
                        select
                        i32.add
                        local.tee 3
                        i32.load8_u
                        local.tee 5
                        i32.const 93
                        i32.eq
                        br_if 0
                        i32.const 0
                        local.set 9
                        loop
                          block
                            block
                              local.get 3
                              i32.load8_u offset=1
                              local.tee 8
                              i32.const 45
                              i32.ne
                              br_if 0
                              local.get 3
                              i32.load8_s offset=2
                              local.tee 4
                              i32.const 93
                              i32.eq
                              br_if 0
                              local.get 6
                              local.get 5
                              i32.extend8_s
                              i32.ge_s
                              local.get 6
                              local.get 4
                              i32.le_s
                              i32.and
                              local.set 4
                              local.get 3
                              i32.load8_u offset=3
                              local.set 5
                              local.get 3
                              i32.const 2
                              i32.add
                              local.set 3
                              br 1
                            end
                            local.get 6
                            i32.const 255
                            i32.and
                            local.get 5
                            i32.const 255
                            i32.and
                            i32.eq
                            local.set 4
                            local.get 8
                            local.set 5
                          end
                          local.get 3
                          i32.const 1
                          i32.add
                          local.set 3
                          local.get 9
                          local.get 4
                          i32.or
                          local.set 9
                          local.get 5
                          i32.const 255
                          i32.and
                          i32.const 93
                          i32.ne
                          br_if 0
                        end
                      end
                      block
                        local.get 6
                        br_if 0
                        local.get 12
                        local.set 3
                        br 4
                      end
                      local.get 9
                      local.get 14
                      i32.ne
                      br_if 1
                      local.get 12
                      local.set 3
                      br 3
                    end
                    block
                      local.get 6
                      br_if 0
                      local.get 12
                      local.set 3
                      br 3
                    end
                    local.get 2
                    i32.const 255
                    i32.and
                    local.tee 3
                    i32.const 46
                    i32.eq
                    local.get 3
                    local.get 6
                    i32.const 255
                    i32.and
                    i32.eq
                    i32.or
                    br_if 0
                    local.get 12
                    local.set 3
                    br 2
                  end
                  local.get 12
                  i32.const 1
                  i32.add
                  local.set 3
                  local.get 1
                  i32.const 1
                  i32.add
                  local.set 1
                  local.get 13
                  br_if 1
                  local.get 12
                  i32.const 1073741823
                  i32.lt_u
                  local.set 5
                  local.get 3
                  local.set 12
                  local.get 5
                  br_if 0
                end
              end
              local.get 3
              local.get 11
              i32.lt_s
              br_if 1
              local.get 7
              i32.const 2
              i32.add
              local.set 9
              local.get 3
              i32.const 1
              i32.add
              local.set 3
              loop
                local.get 9
                local.get 1
                call $matchHere
                local.tee 5
                br_if 3
                local.get 1
                i32.const -1
                i32.add
                local.set 1
                local.get 3
                i32.const -1
                i32.add
                local.tee 3
                local.get 11
                i32.gt_s
                br_if 0
                br 2
              end
            end
            local.get 5
            br_if 2
          end
          i32.const 0
          local.set 5
        end
        local.get 5
        return
      end
      local.get 7
      i32.const 1
      i32.add
      local.set 0
      local.get 1
      i32.const 1
      i32.add
      local.set 1
      local.get 3
      local.set 2
      br 0
    end))
