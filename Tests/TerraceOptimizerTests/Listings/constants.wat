;; Constants are made where they are used, not kept in memory.
(module
  (import "m" "g" (func $g (param i64) (result i64)))
  (func $f (param i64) (result i64)
    (i64.add (call $g (i64.mul (local.get 0) (i64.const 0x123456789abcdef)))
      (i64.xor (local.get 0) (i64.const 0x123456789abcdef)))))
