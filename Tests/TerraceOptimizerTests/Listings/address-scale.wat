;; An index into a table of words.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.load offset=1024 (i32.shl (i32.and (local.get 0) (i32.const 1023)) (i32.const 2)))))
