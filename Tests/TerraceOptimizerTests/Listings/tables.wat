;; An element of a table is read and written.
(module
  (table $t 10 externref)
  (func $f (param i32 i32) (result i32)
    (table.set $t (local.get 1) (table.get $t (local.get 0)))
    (table.size $t)))
