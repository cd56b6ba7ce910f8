;; References and null.
(module
  (func $g) (elem declare func $g)
  (func $f (param externref) (result i32)
    (i32.add (ref.is_null (local.get 0)) (ref.is_null (ref.func $g)))))
