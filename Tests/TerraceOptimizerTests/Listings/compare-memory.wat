;; A comparison with memory that a branch consumes.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.lt_u (i32.load (local.get 0)) (local.get 1))
      (then (i32.const 1))
      (else (i32.load offset=4 (local.get 0))))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+0]
;;   v1 = i32.gt_u p1:i32, v0
;;   branch v1 ? b2 : b1
;; b1:                                     ; ×0.5, from b0
;;   v2 = i32.load mem[p0:i32+4]
;;   jump b3(v2)
;; b2:                                     ; ×0.5, from b0
;;   jump b3(1)
;; b3(v3: i32):                            ; from b1 b2
;;   return v3
;; Code
;; b0:
;;   0000  41 3b 34 3f                    cmp esi, [r15 + rdi]
;;   0004  77 06                          ja +0xc
;; b1:
;;   0006  41 8b 44 3f 04                 mov eax, [r15 + rdi + 4]
;; b3:
;;   000b  c3                             ret
;; b2:
;;   000c  b8 01 00 00 00                 mov eax, 1
;; b3:
;;   0011  c3                             ret
