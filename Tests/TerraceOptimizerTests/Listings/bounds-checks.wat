;; A memory without guard pages: one check is enough for two accesses.
(module
  (memory 1)
  (memory $m i64 1)
  (func $f (param i64) (result i32)
    (i32.add (i32.load $m offset=4 (local.get 0)) (i32.load $m (local.get 0)))))
