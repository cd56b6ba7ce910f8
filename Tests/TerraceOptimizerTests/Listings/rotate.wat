;; A rotation written as two shifts.
(module
  (func $f (param i32) (result i32)
    (i32.or
      (i32.shl (local.get 0) (i32.const 7))
      (i32.shr_u (local.get 0) (i32.const 25)))))

;; Graph
;; b0:
;;   v0 = i32.shl p0:i32, 7
;;   v1 = i32.shr_u p0:i32, 25
;;   v2 = i32.or v0, v1
;;   return v2
;; Code
;; b0:
;;   0000  89 f8                          mov eax, edi
;;   0002  c1 e0 07                       shl eax, 7
;;   0005  c1 ef 19                       shr edi, 25
;;   0008  09 f8                          or eax, edi
;;   000a  c3                             ret
