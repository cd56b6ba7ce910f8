;; A call by a reference.
(module
  (type $t (func (param i32) (result i32)))
  (func $f (param (ref null $t)) (result i32)
    (call_ref $t (i32.const 4) (local.get 0))))
