;; solveArrays of nqueens.c
(module
  (type (func (param i32 i32) (result i32)))
  (memory 2)
  (func $solveArrays (export "solveArrays") (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    block
      local.get 1
      local.get 0
      i32.ne
      br_if 0
      i32.const 1
      return
    end
    block
      local.get 0
      i32.const 1
      i32.ge_s
      br_if 0
      i32.const 0
      return
    end
    local.get 1
    i32.const 3696
    i32.add
    local.set 2
    local.get 1
    i32.const 1
    i32.add
    local.set 3
    local.get 1
    local.get 0
    i32.add
    i32.const 3760
    i32.add
    local.set 4
    i32.const 0
    local.set 1
    i32.const 0
    local.set 5
    loop
      block
        local.get 1
        i32.const 3664
        i32.add
        local.tee 6
        i32.load8_u
        br_if 0
        local.get 2
        local.get 1
        i32.add
        local.tee 7
        i32.load8_u
        br_if 0
        local.get 4
        i32.load8_u
        br_if 0
        local.get 7
        i32.const 1
        i32.store8
        local.get 4
        i32.const 1
        i32.store8
        local.get 6
        i32.const 1
        i32.store8
        local.get 0
        local.get 3
        call $solveArrays
        local.set 8
        local.get 7
        i32.const 0
        i32.store8
        local.get 4
        i32.const 0
        i32.store8
        local.get 6
        i32.const 0
        i32.store8
        local.get 8
        local.get 5
        i32.add
        local.set 5
      end
      local.get 4
      i32.const -1
      i32.add
      local.set 4
      local.get 0
      local.get 1
      i32.const 1
      i32.add
      local.tee 1
      i32.ne
      br_if 0
    end
    local.get 5))
