;; tak of calls.c
(module
  (type (func (param i32 i32 i32) (result i32)))
  (memory 2)
  (func $tak (export "tak") (type 0) (param i32 i32 i32) (result i32)
    (local i32 i32)
    block
      local.get 1
      local.get 0
      i32.ge_s
      br_if 0
      loop
        local.get 0
        i32.const -1
        i32.add
        local.get 1
        local.get 2
        call $tak
        local.set 3
        local.get 1
        i32.const -1
        i32.add
        local.get 2
        local.get 0
        call $tak
        local.set 4
        local.get 2
        i32.const -1
        i32.add
        local.get 0
        local.get 1
        call $tak
        local.set 2
        local.get 4
        local.set 1
        local.get 3
        local.set 0
        local.get 4
        local.get 3
        i32.lt_u
        br_if 0
      end
    end
    local.get 2))
