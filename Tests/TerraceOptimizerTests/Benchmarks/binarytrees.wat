;; make of binarytrees.c
(module
  (type (func (param i32) (result i32)))
  (import "c" "malloc" (func $malloc (type 0)))
  (memory 2)
  (func $make (export "make") (type 0) (param i32) (result i32)
    (local i32 i32)
    i32.const 8
    call $malloc
    local.set 1
    block
      block
        local.get 0
        br_if 0
        i32.const 0
        local.set 0
        i32.const 0
        local.set 2
        br 1
      end
      local.get 0
      i32.const -1
      i32.add
      local.tee 2
      call $make
      local.set 0
      local.get 2
      call $make
      local.set 2
    end
    local.get 1
    local.get 2
    i32.store offset=4
    local.get 1
    local.get 0
    i32.store
    local.get 1))
