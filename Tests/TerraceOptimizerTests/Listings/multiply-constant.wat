;; Multiplication by constants: a shift, an address, and one that is neither.
(module
  (func $f (param i32) (result i32 i32 i32)
    (i32.mul (local.get 0) (i32.const 8))
    (i32.mul (local.get 0) (i32.const 5))
    (i32.mul (local.get 0) (i32.const 100))))

;; Graph
;; b0:
;;   v0 = i32.shl p0:i32, 3
;;   v1 = i32.mul p0:i32, 5
;;   v2 = i32.mul p0:i32, 100
;;   return v0, v1, v2
;; Code
;; b0:
;;   0000  89 f9                          mov ecx, edi
;;   0002  c1 e1 03                       shl ecx, 3
;;   0005  8d 14 bf                       lea edx, [rdi + rdi*4]
;;   0008  6b f7 64                       imul esi, edi, 100
;;   000b  89 10                          mov [rax], edx
;;   000d  89 70 10                       mov [rax + 16], esi
;;   0010  89 c8                          mov eax, ecx
;;   0012  c3                             ret
